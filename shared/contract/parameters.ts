import * as z from 'zod';

import { isExactNumber } from '../domain/exact-json.ts';
import { parameterNameProblem } from '../domain/parameter-name.ts';
import type { Parameters, ParameterValue } from '../domain/parameters.ts';

/** Any JSON value. Not Zod's records and unions, which rebuild the value and lose digits and the name `__proto__`. */
export const parameterValue = z.custom<ParameterValue>();

const MAX_BYTES = 32_000;

/** Maximum nesting of lists and objects; much deeper input would overflow the stack of recursive code. */
const MAX_NESTING = 10;

const isNestedDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !isExactNumber(value) &&
  (levels === 0 || Object.values(value).some((inner) => isNestedDeeper(inner, levels - 1)));

type NamedValue = readonly [name: string, value: ParameterValue];

const isPair = (pair: unknown): pair is { readonly name: string; readonly value: ParameterValue } =>
  typeof pair === 'object' &&
  pair !== null &&
  'name' in pair &&
  typeof pair.name === 'string' &&
  'value' in pair &&
  Object.keys(pair).length === 2;

/** The pairs of an object or a list; null for anything else. */
const namedValues = (given: unknown): readonly NamedValue[] | null => {
  if (typeof given !== 'object' || given === null || isExactNumber(given)) return null;
  if (!Array.isArray(given)) return Object.entries(given);
  return given.every(isPair) ? given.map(({ name, value }) => [name, value] as const) : null;
};

const problemOf = ([name, value]: NamedValue): string | null => {
  if (isNestedDeeper(value, MAX_NESTING))
    return `Nest lists and objects in ${name.slice(0, 100)} at most ${MAX_NESTING} levels deep; put deeper input into S3.`;
  return parameterNameProblem(name);
};

/** Whether all parameters together are within the limit. Only for values that are not nested too deep. */
const isShort = (parameters: Parameters): boolean =>
  new TextEncoder().encode(JSON.stringify(parameters)).length <= MAX_BYTES;

/** The forms that a client may send. */
type Given = Parameters | readonly { readonly name: string; readonly value: ParameterValue }[];

/** Name/value pairs, as an object or as a list of `{name, value}`. Responses always have an object. */
export const parameters = z
  .custom<Given>()
  .meta({
    description: 'An object of names and values, or a list of {name, value}. Numbers keep their digits.',
    type: ['object', 'array'],
  })
  .transform((given, context): Parameters => {
    const pairs = namedValues(given);
    const refuse = (message: string, ...path: string[]): void =>
      context.addIssue({ code: 'custom', path, message, input: given });
    if (pairs === null) {
      refuse('Give parameters as names and values, for example {"country": "DE"}.');
      return z.NEVER;
    }
    const problems = pairs.map((pair) => ({ name: pair[0].slice(0, 100), message: problemOf(pair) }));
    for (const { name, message } of problems) if (message !== null) refuse(message, name);
    const values = Object.fromEntries(pairs);
    if (Object.keys(values).length < pairs.length) refuse('Parameter names must be unique.');
    if (problems.every(({ message }) => message === null) && !isShort(values))
      refuse(`All parameters together may have at most ${MAX_BYTES} bytes of JSON. Put larger input into S3.`);
    return values;
  });

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

import { routes } from '../../../shared/contract/api.ts';
import { parameters } from '../../../shared/contract/parameters.ts';
import { settingsBody } from '../../../shared/contract/settings.ts';
import { isExactNumber, numberFrom, parseExactJson } from '../../../shared/domain/exact-json.ts';
import { freeIdentifier, IDENTIFIER_PATTERN } from '../../../shared/domain/identifier.ts';
import { instanceTypeProblem, pricesIn, tableOf } from '../../../shared/domain/prices.ts';
import { PRICE_TABLE } from '../../../shared/domain/price-table.ts';
import { settingsOf } from '../../fakes/settings.ts';
import { anyText, holds } from '../properties.ts';

/** A value of JSON with names that mean something to JavaScript. */
const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.jsonValue({ maxDepth: 0 }), anyText, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc
    .array(
      fc.tuple(
        fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'name', 'value'), anyText),
        tie('value'),
      ),
      {
        maxLength: 4,
      },
    )
    .map((entries) => Object.fromEntries(entries) as unknown),
})).value;

/** Refused with a message for each field, or read. */
const read = <Output>(schema: z.ZodType<Output>, given: unknown): Output | null => {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  for (const { message } of result.error.issues) expect(message).toMatch(/^\S[^]*\S$/);
  return null;
};

describe('any body and query', () => {
  const schemas = Object.entries(routes).flatMap(([name, route]) => {
    const { body, query } = route as { body?: z.ZodType; query?: z.ZodType };
    return [body, query].flatMap((schema) => (schema === undefined ? [] : [[name, schema] as const]));
  });

  it('is refused in words by every route, or read', () => {
    expect(schemas.length).toBeGreaterThan(40);
    const fields = schemas.map(([, schema]) => Object.keys((schema as Partial<z.ZodObject>).shape ?? {}));
    const of = (names: readonly string[]) =>
      fc
        .array(fc.tuple(fc.constantFrom('x', ...names), json), { maxLength: 8 })
        .map((entries) => Object.fromEntries(entries) as unknown);
    for (const [index, [, schema]] of schemas.entries())
      holds(
        fc.property(fc.oneof(json, of(fields[index] ?? [])), (given) => void read(schema, given)),
        50,
      );
  });
});

describe('settings', () => {
  it('with any value in any place are refused, or sent back as they are', () => {
    const whole = { ...settingsOf({ version: 1 }) } as Record<string, unknown>;
    holds(
      fc.property(fc.constantFrom(...Object.keys(whole)), json, (name, value) => {
        const saved = read(settingsBody, { ...whole, [name]: value });
        if (saved !== null) expect(settingsBody.parse(saved)).toEqual(saved);
      }),
      500,
    );
  });
});

describe('a number of JSON', () => {
  const digits = fc.string({ unit: fc.constantFrom('0', '1', '5', '9'), minLength: 1, maxLength: 30 });
  const literal = fc
    .tuple(
      fc.constantFrom('', '-'),
      digits,
      fc.option(digits),
      fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-'), digits)),
    )
    .map(([sign, whole, fraction, exponent]) =>
      [sign, whole.replace(/^0+(?=\d)/, ''), fraction === null ? '' : `.${fraction}`, exponent?.join('') ?? ''].join(
        '',
      ),
    );

  it('keeps its digits through any nesting, and through the parameters of a job', () => {
    holds(
      fc.property(literal, (number) => {
        expect(JSON.stringify(numberFrom(number))).toBe(number);
        const text = `{"a":[${number},{"b":${number}}],"c":${number}}`;
        expect(JSON.stringify(parameters.parse(parseExactJson(text)))).toBe(text);
        const list = parseExactJson(`[{"name":"a","value":${number}}]`);
        expect(JSON.stringify(parameters.parse(list))).toBe(`{"a":${number}}`);
        expect(isExactNumber(numberFrom(number))).toBe(String(Number(number)) !== number);
      }),
      500,
    );
  });

  it('is no reason to change anything else of a text', () => {
    holds(
      fc.property(json, (value) => {
        expect(JSON.stringify(parseExactJson(JSON.stringify(value)))).toBe(JSON.stringify(value));
      }),
    );
  });
});

describe('an identifier', () => {
  it('stays valid with a number, and is free', () => {
    const identifier = fc.stringMatching(/^[a-z0-9-]{1,100}$/);
    holds(
      fc.property(identifier, fc.nat(20), (wanted, count) => {
        const taken = new Set<string>();
        for (let each = 0; each <= count; each += 1) {
          const free = freeIdentifier(wanted, taken);
          expect(taken.has(free)).toBe(false);
          expect(free).toMatch(IDENTIFIER_PATTERN);
          taken.add(free);
        }
      }),
    );
  });
});

describe('the price table', () => {
  it('takes any name of a type for one that it has, or says which it has', () => {
    const [region = ''] = Object.keys(PRICE_TABLE.regions);
    const prices = pricesIn(PRICE_TABLE, region);
    const name = fc.oneof(
      anyText,
      fc.constantFrom('__proto__', 'constructor', 'toString', ...Object.keys(prices.instances)),
    );
    holds(
      fc.property(name, (type) => {
        const known = Object.keys(prices.instances).includes(type);
        expect(instanceTypeProblem(prices, type) === null).toBe(known);
      }),
    );
  });

  it('of one Region has the prices and sources that the whole has for it', () => {
    holds(
      fc.property(fc.constantFrom(...Object.keys(PRICE_TABLE.regions)), (region) => {
        const [one, whole] = [pricesIn(tableOf(PRICE_TABLE, region), region), pricesIn(PRICE_TABLE, region)];
        expect({ ...one, sources: {} }).toEqual({ ...whole, sources: {} });
        for (const { from } of Object.values(one.instances)) expect(one.sources[from]).toEqual(whole.sources[from]);
      }),
      20,
    );
  });
});

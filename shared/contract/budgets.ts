import * as z from 'zod';

import { MAX_ADDRESS_LENGTH } from '../domain/person.ts';
import { documentBody, documentVersion } from './documents.ts';
import { personName, requestBody, text } from './fields.ts';

/** US dollars a month. More is a typing error. */
const MOST = 1_000_000_000;
/** Entries of groups, and of people: the document is one item. */
const MAX_ENTRIES = 1000;

const limitError = `Give a limit in dollars a month, from 0 to ${MOST}, or null for none.`;
const limit = z.number({ error: limitError }).min(0, { error: limitError }).max(MOST, { error: limitError });

type Limits = Readonly<Record<string, unknown>>;

/** By name. Not Zod's records, which leave out the name `__proto__` without a word. */
const limitsOf = <Value extends z.ZodType>(what: string, value: Value) =>
  z
    .custom<Record<string, z.output<Value>>>(
      (given) => typeof given === 'object' && given !== null && !Array.isArray(given),
      {
        error: `Give ${what} and their limits, for example {"name": 100}.`,
      },
    )
    .meta({ type: 'object', additionalProperties: { type: ['number', 'null'] } })
    .superRefine((limits: Limits, context) => {
      const refuse = (path: string[], message: string): void =>
        context.addIssue({ code: 'custom', path, message, input: limits });
      const entries = Object.entries(limits);
      if (entries.length > MAX_ENTRIES) refuse([], `Give at most ${MAX_ENTRIES} ${what}.`);
      for (const [name, given] of entries.slice(0, MAX_ENTRIES)) {
        if (name.trim() === '' || name.length > MAX_ADDRESS_LENGTH) refuse([name.slice(0, 100)], 'This is no name.');
        else if (!value.safeParse(given).success) refuse([name], limitError);
      }
    });

const amounts = z.record(z.string(), z.number());

export const budgetsView = z.object({
  everyone: z.number().nullable(),
  eachPerson: z.number().nullable(),
  groups: amounts,
  people: z.record(z.string(), z.number().nullable()),
  /** Limits of the present month alone. */
  overrides: z.array(
    z.object({ username: z.string(), limit: z.number().nullable(), month: z.string(), reason: z.string() }),
  ),
  /** What the accounts with a limit of their own have used of the present month. */
  used: z.object({ month: z.string(), everyone: z.number(), groups: amounts, people: amounts }),
  ...documentVersion,
});

/** Takes what GET answered. Overrides have a route of their own. */
export const budgetsBody = documentBody({
  everyone: limit.nullable(),
  eachPerson: limit.nullable(),
  groups: limitsOf('groups', limit),
  people: limitsOf('people', limit.nullable()),
  overrides: z.unknown().optional(),
  used: z.unknown().optional(),
});

export const budgetOverrideBody = requestBody({
  username: personName,
  limit: limit.nullable(),
  reason: text('the reason', 200),
});

import * as z from 'zod';

import { OBJECT_PERMISSIONS } from '../domain/access.ts';
import { RELEASE_VERSION, releaseProblem } from '../domain/emr-release-facts.ts';
import { IDENTIFIER_PATTERN, IDENTIFIER_RULE } from '../domain/identifier.ts';
import { toInstant, wholeSecond } from '../domain/instant.ts';
import { MAX_ADDRESS_LENGTH } from '../domain/person.ts';

/** The message about what is no object; unknown fields keep their own. */
export const noObject =
  (message: string) =>
  ({ code }: { readonly code?: string | undefined }): string | undefined =>
    code === 'invalid_type' ? message : undefined;

export const NO_BODY = 'Send a JSON object with the fields of this request.';

/**
 * Request bodies, and objects in them, refuse unknown fields by name, so that a misspelt optional field is not silently ignored.
 */
export const requestBody = <Shape extends z.ZodRawShape>(
  shape: Shape,
  message = NO_BODY,
): z.ZodObject<Shape, z.core.$strict> => z.strictObject(shape, { error: noObject(message) });

/** A text of the answer that may be sent back with it, and is not the client's to change. */
export const asAnswered = (field: string): z.ZodString =>
  z.string({ error: `Leave ${field} out, or send it as it was answered.` });

export const identifier = z
  .string({ error: `Give an identifier. ${IDENTIFIER_RULE}` })
  .regex(IDENTIFIER_PATTERN, { error: IDENTIFIER_RULE });

/** A whole number within limits that nothing moves, with both in the message. */
export const wholeNumber = (what: string, min: number, max: number): z.ZodNumber => {
  const error = `Give ${what} as a whole number from ${min} to ${max}.`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};

/**
 * A whole number with only a lower limit. The upper one is in the settings or depends on the person, and only `limits.ts` of the
 * domain may name it: a limit of the schema would be told to people who may not reach it.
 */
export const wholeNumberFrom = (what: string, min: number): z.ZodNumber => {
  const error = `Give ${what} as a whole number of at least ${min}.`;
  return z
    .number({ error })
    .int({ error: ({ code }) => (code === 'too_big' ? `Give ${what} as a smaller whole number.` : error) })
    .min(min, { error });
};

/** Terminal codes and halves of characters, which no text of a person holds and every store treats in its own way. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

export const text = (what: string, maxLength: number): z.ZodString =>
  z
    .string({ error: `Give ${what}.` })
    .trim()
    .min(1, { error: `Give ${what}.` })
    .max(maxLength, { error: `Shorten ${what} to at most ${maxLength} characters.` })
    .refine((value) => !UNPRINTABLE.test(value), { error: `Take the control characters out of ${what}.` });

/** As `text`, but it may be empty or left out. */
export const optionalText = (what: string, maxLength: number) =>
  z
    .string({ error: `Give ${what} as text.` })
    .trim()
    .max(maxLength, { error: `Shorten ${what} to at most ${maxLength} characters.` })
    .refine((value) => !UNPRINTABLE.test(value), { error: `Take the control characters out of ${what}.` })
    .default('');

export const yesOrNo = (field: string): z.ZodBoolean => z.boolean({ error: `Give ${field} as true or false.` });

/** Other years begin with a sign, so that instants would no longer compare as texts. */
const isOfFourDigits = (value: string): boolean => !/^[+-]/.test(new Date(value).toJSON() ?? '');

/** Any ISO 8601 instant with an offset. Stored and sent in UTC with `Z` and in whole seconds, the precision of EventBridge Scheduler. */
export const instant = z.iso
  .datetime({ offset: true, error: 'Give a time as ISO 8601 with a zone, for example 2026-11-23T06:00:00Z.' })
  .refine(isOfFourDigits, { error: 'Give a time of the years 0 to 9999 in UTC.' })
  .transform((value) => wholeSecond(toInstant(Date.parse(value))));

export const releaseVersion = z
  .string({ error: 'Choose an EMR release, for example 7.13.0.' })
  .superRefine((version, context) => {
    const problem = releaseProblem(version);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({ pattern: RELEASE_VERSION.source });

/** Of `resolvePerson`, which says whether there is such a person. */
export const personName = text('the username or address of a person', MAX_ADDRESS_LENGTH);

export const opaqueId = (what: string): z.ZodString =>
  z
    .string({ error: `Choose ${what}.` })
    .min(1, { error: `Choose ${what}.` })
    .max(200, { error: `This is not a valid ${what}.` });

export const reason = z.object({ code: z.string(), message: z.string() }).nullable();

const CURSOR = 'Omit cursor to start from the first page, or use the cursor of the previous page.';

export const pageQuery = z.strictObject({
  limit: z.coerce
    .number({ error: 'Give limit as a whole number from 1 to 100.' })
    .int({ error: 'Give limit as a whole number from 1 to 100.' })
    .min(1, { error: 'Give limit as a whole number from 1 to 100.' })
    .max(100, { error: 'Give limit as a whole number from 1 to 100.' })
    .default(25),
  cursor: z.string().min(1, { error: CURSOR }).max(2000, { error: CURSOR }).optional(),
});

export const pageOf = <Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{ items: z.ZodArray<Item>; cursor: z.ZodNullable<z.ZodString> }> =>
  z.object({ items: z.array(item), cursor: z.string().nullable() });

/** A field to sort by, with `-` before it for descending order. */
export type SortBy<Field extends string> = Field | `-${Field}`;

/** `query` and `sort` of a list. */
export const searchQuery = <const Field extends string>(fields: readonly Field[]) => ({
  query: z.string().max(200, { error: 'Shorten query to at most 200 characters.' }).optional(),
  sort: z
    .enum(
      fields.flatMap((field): SortBy<Field>[] => [field, `-${field}`]),
      {
        error: `Give sort as one of ${fields.join(', ')}, with - before it for descending order.`,
      },
    )
    .optional(),
});

/** A page of a list that takes `query` and `sort`; `total` is answered where it costs nothing. */
export const searchedPageOf = <Item extends z.ZodType>(item: Item) =>
  pageOf(item).extend({ total: z.number().exactOptional() });

export const objectPermissions = z.array(z.enum(OBJECT_PERMISSIONS)).readonly();

/** The prices behind an estimate: the date of the oldest, the source of the instance prices, and whether any is derived. */
export const priceBasis = { currency: z.string(), asOf: z.string(), source: z.string(), isDerived: z.boolean() };

const rateParts = z.object({
  ec2: z.number(),
  emr: z.number(),
  ebs: z.number(),
  ipv4: z.number(),
  spot: z.number(),
});

/** No part of an answer changes by the clock alone: while it runs, the reader computes the amount from rate and time. */
export const cost = z.object({
  hourly: z.number(),
  parts: rateParts,
  currency: z.string(),
  since: z.string().nullable(),
  until: z.string().nullable(),
  /** Only once it has ended. */
  soFar: z.number().exactOptional(),
});

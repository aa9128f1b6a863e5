import type * as z from 'zod';

import { InvalidInput, type FieldError } from '../../shared/domain/errors.ts';

/** Maximum characters of an unknown field's name in a message. */
const LONGEST_FIELD = 100;

const shortened = (field: string): string =>
  field.length > LONGEST_FIELD ? `${field.slice(0, LONGEST_FIELD)}…` : field;

const fieldsOf = (issue: z.core.$ZodIssue, whole: string): FieldError[] => {
  const path = shortened(issue.path.map(String).join('.'));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: shortened(path === '' ? key : `${path}.${key}`),
      message: 'Unknown field. Omit it, or check its spelling.',
    }));
  }
  return [{ field: path === '' ? whole : path, message: issue.message }];
};

/** What else is wrong with a field often follows from its first error. */
const firstOfEach = (errors: readonly FieldError[]): readonly FieldError[] => {
  const first = new Map<string, FieldError>();
  for (const error of errors) if (!first.has(error.field)) first.set(error.field, error);
  return [...first.values()];
};

/**
 * @param whole the field name for errors of the value as a whole: `body` or `query`
 * @throws InvalidInput with one error for each invalid field
 */
export const validated = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  whole: string,
): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInput(firstOfEach(result.error.issues.flatMap((issue) => fieldsOf(issue, whole))));
};

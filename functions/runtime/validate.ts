import type * as z from 'zod';

import { InvalidInput, type FieldError } from '../../shared/domain/errors.ts';

/** Characters; a name that nobody gave a field is not repeated whole. */
const LONGEST_FIELD = 100;

const shortened = (field: string): string =>
  field.length > LONGEST_FIELD ? `${field.slice(0, LONGEST_FIELD)}…` : field;

const fieldsOf = (issue: z.core.$ZodIssue, whole: string): FieldError[] => {
  const path = shortened(issue.path.map(String).join('.'));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: shortened(path === '' ? key : `${path}.${key}`),
      message: 'This field is unknown. Leave it out, or check its spelling.',
    }));
  }
  return [{ field: path === '' ? whole : path, message: issue.message }];
};

/**
 * @param whole what to call the value itself where it is wrong as a whole: `body` or `query`
 * @throws InvalidInput with one entry for each refused field
 */
export const validated = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  whole: string,
): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInput(result.error.issues.flatMap((issue) => fieldsOf(issue, whole)));
};

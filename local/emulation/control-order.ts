import * as z from 'zod';

/** An order of local control that names what does not exist or gives a value that cannot be. */
export class InvalidOrder extends Error {
  override readonly name = 'InvalidOrder';
  readonly errors: readonly { readonly field: string; readonly message: string }[];

  constructor(service: string, errors: InvalidOrder['errors']) {
    super(`Invalid order for ${service}: ${errors.map(({ field, message }) => `${field}: ${message}`).join('; ')}`);
    this.errors = errors;
  }
}

/** Members that orders of several services have. */
export const orderedSeconds = z.number().min(0).max(86_400);
export const orderedCount = z.int().min(0).max(10_000);

/** Checks an order. @throws InvalidOrder naming each refused field */
export const parseOrder = <Schema extends z.ZodType>(
  service: string,
  schema: Schema,
  input: unknown,
): z.infer<Schema> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidOrder(
    service,
    parsed.error.issues.flatMap((issue) => {
      const path = issue.path.map(String);
      if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.') || 'body', message: issue.message }];
      return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'Unknown field' }));
    }),
  );
};

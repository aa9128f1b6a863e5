import * as z from 'zod';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));
const Conditions = z.partialRecord(
  z.enum(['StringEquals', 'StringLike']),
  z.partialRecord(z.enum(['s3:prefix']), oneOrMore),
);
const SessionPolicy = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.union([z.array(z.unknown()), z.unknown().transform((statement) => [statement])]).pipe(
    z.array(
      z
        .strictObject({
          Sid: z.string().optional(),
          Effect: z.enum(['Allow', 'Deny']),
          Action: oneOrMore,
          Resource: oneOrMore.optional(),
          NotResource: oneOrMore.optional(),
          Condition: Conditions.optional(),
        })
        .refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined)),
    ),
  ),
});

/** What a session may do: an IAM policy as far as the portal writes one. Anything else in it is refused, not ignored. */
export type SessionPolicy = z.output<typeof SessionPolicy>;

/** What a request needs. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request. */
  readonly context?: Readonly<Record<string, string>>;
}

/** @returns null where it is no policy, or one with elements that this machine does not evaluate */
export const parseSessionPolicy = (text: string): SessionPolicy | null => {
  try {
    return SessionPolicy.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

/** Denied unless a statement allows it and none denies it. */
export const isAllowed = ({ Statement }: SessionPolicy, permission: Permission): boolean => {
  const applying = Statement.filter((statement) => applies(statement, permission));
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny');
};

const applies = (
  { Action, Resource = [], NotResource, Condition = {} }: SessionPolicy['Statement'][number],
  { action, resource, context = {} }: Permission,
): boolean =>
  Action.some((pattern) => isLike(pattern.toLowerCase(), action.toLowerCase())) &&
  (NotResource === undefined
    ? Resource.some((pattern) => isLike(pattern, resource))
    : !NotResource.some((pattern) => isLike(pattern, resource))) &&
  Object.entries(Condition).every(([operator, wanted]) =>
    Object.entries(wanted).every(([key, values]) => {
      const value = context[key];
      if (value === undefined) return false;
      return values.some((pattern) => (operator === 'StringLike' ? isLike(pattern, value) : pattern === value));
    }),
  );

/** `*` stands for any characters, `?` for one. */
const isLike = (pattern: string, text: string): boolean => {
  const escaped = pattern.replaceAll(/[\\^$.+()[\]{}|]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
};

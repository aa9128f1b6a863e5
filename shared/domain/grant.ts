import type { Instant } from './instant.ts';
import type { Person } from './person.ts';

/** What can be shared. */
export const SHARED_KINDS = ['cluster', 'session', 'sparkJob'] as const;
export type SharedKind = (typeof SHARED_KINDS)[number];

/** A person by the provider's id, or everybody in a group by its name. */
export type Grantee = `user:${string}` | `group:${string}`;

export const GRANT_LEVELS = ['view', 'manage'] as const;
export type GrantLevel = (typeof GRANT_LEVELS)[number];

/** An object that can be shared, as its grants refer to it. */
export interface SharedObject {
  readonly kind: SharedKind;
  /** Never changes, and no later object has it while a grant names it. */
  readonly id: string;
  /** What its repository finds it by: the id of a cluster or session, the identifier of a Spark job. */
  readonly key: string;
  /** Lists are sorted by it. */
  readonly createdAt: Instant;
}

/** One person or group may see one object, or manage it too. */
export interface Grant {
  readonly object: SharedObject;
  readonly to: Grantee;
  readonly level: GrantLevel;
  readonly grantedAt: Instant;
}

/** Of one object, so that all of them are one small query. */
export const MAX_GRANTS = 50;

/** Under which names something may be shared with the person: their own and their groups'. */
export const granteesOf = ({ id, groups }: Person): readonly Grantee[] => [
  `user:${id}`,
  ...groups.map((group) => `group:${group}` as const),
];

/** Those of the wanted grants that are not stored like this, and the stored ones that are not wanted. */
export const grantChanges = (
  stored: readonly Grant[],
  wanted: readonly Grant[],
): { readonly put: readonly Grant[]; readonly remove: readonly Grant[] } => ({
  put: wanted.filter(({ to, level }) => !stored.some((grant) => grant.to === to && grant.level === level)),
  remove: stored.filter(({ to }) => !wanted.some((grant) => grant.to === to)),
});

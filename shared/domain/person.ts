import type { Departure } from './departure.ts';
import type { Instant } from './instant.ts';
import type { OutboxMail } from './mail.ts';

export const GROUPS = {
  admins: 'admins',
  clusterMaintainers: 'cluster-maintainers',
  jobMaintainers: 'job-maintainers',
} as const;

/** Somebody who signed in. */
export interface Person {
  /** The provider's immutable id. What a person made belongs to this id, never to a name or an address. */
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly groups: readonly string[];
}

/** Where a request came from. */
export interface RequestOrigin {
  readonly sourceIp: string;
  /** The same in the answer, the logs and the audit trail. */
  readonly requestId: string;
}

/** A person with the request that they make now. */
export interface Caller extends Person {
  readonly request: RequestOrigin;
}

/** A person as stored: as they were when they last signed in. */
export interface PersonRecord extends Person {
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  /** Null while they may sign in, as far as is known. */
  readonly departure: Departure | null;
  /** Mails about them. */
  readonly outbox: readonly OutboxMail[];
  /** The newest piece of news that they have read; absent while they have read none. */
  readonly newsSeen?: string;
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

export const firstSeen = (person: Person, now: Instant): PersonRecord => ({
  ...person,
  firstSeenAt: now,
  lastSeenAt: now,
  departure: null,
  outbox: [],
  version: 1,
});

/** The record after another sign-in, by which name, address and groups may have changed. Somebody who had left is back. */
export const seenAgain = (record: PersonRecord, person: Person, now: Instant): PersonRecord => ({
  ...record,
  ...person,
  lastSeenAt: now,
  departure: null,
});

/** What a person may do anywhere; what they may do with one object is `permissionsOn`. */
export type Permission = 'administer' | 'launch-clusters-of-any-size' | 'see-every-cluster' | 'see-every-spark-job';

/**
 * The local part of a company address, the whole address of everyone else: so two people never share a username.
 * @param companyDomain empty where no domain is the company's
 */
export const usernameFor = (email: string, companyDomain: string): string => {
  const address = email.trim().toLowerCase();
  const suffix = `@${companyDomain.toLowerCase()}`;
  return address.endsWith(suffix) && address.length > suffix.length ? address.slice(0, -suffix.length) : address;
};

/** Characters; RFC 5321 allows no longer address. */
export const MAX_ADDRESS_LENGTH = 254;

/** Anything that may be an address, quotes and letters of any script included; the provider has verified that it is one. */
export const ADDRESS_PATTERN = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+@[^\s@\p{Cc}\p{Cs}]+$/u;

/** Every username that `usernameFor` may give to an address, whatever domain is the company's. */
export const possibleUsernames = (email: string): readonly string[] => {
  const address = email.trim().toLowerCase();
  const end = address.lastIndexOf('@');
  return end > 0 ? [address, address.slice(0, end)] : [address];
};

/** Whether a person's username or address begins with the text, in whatever case. */
export const isNamedLike = ({ username, email }: Pick<Person, 'username' | 'email'>, text: string): boolean =>
  [username, email.toLowerCase()].some((name) => name.startsWith(text.trim().toLowerCase()));

const belongsTo = (person: Person, group: string): boolean => person.groups.includes(group);

export const isAdmin = (person: Person): boolean => belongsTo(person, GROUPS.admins);

export const hasUnlimitedClusterSize = (person: Person): boolean =>
  isAdmin(person) || belongsTo(person, GROUPS.clusterMaintainers);

export const seesEverySparkJob = (person: Person): boolean =>
  isAdmin(person) || belongsTo(person, GROUPS.jobMaintainers);

export const permissionsOf = (person: Person): Permission[] => [
  ...(isAdmin(person) ? (['administer', 'see-every-cluster'] as const) : []),
  ...(hasUnlimitedClusterSize(person) ? (['launch-clusters-of-any-size'] as const) : []),
  ...(seesEverySparkJob(person) ? (['see-every-spark-job'] as const) : []),
];

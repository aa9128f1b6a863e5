import { QuotaExceeded } from './errors.ts';
import { hasUnlimitedClusterSize, type Person } from './person.ts';

/** What one person may have at a time. */
export interface Quotas {
  /** Active ones. */
  readonly clusters: number;
  /** Over all active clusters of the person; null: no limit. */
  readonly workers: number | null;
  readonly sessions: number;
  readonly sparkJobs: number;
  readonly sshKeys: number;
  /** Lifetime of one cluster, extensions included. */
  readonly clusterHours: number;
  /** At least, between two occurrences of a schedule. */
  readonly occurrenceMinutes: number;
}

export const DEFAULT_QUOTAS: Quotas = {
  clusters: 5,
  workers: 60,
  sessions: 3,
  sparkJobs: 100,
  sshKeys: 20,
  clusterHours: 7 * 24,
  occurrenceMinutes: 15,
};

/** What the highest quota may be. A list of one person's objects is read as a whole, so that none is without a bound. */
export const QUOTA_LIMITS = {
  clusters: 100,
  workers: 10_000,
  sessions: 100,
  sparkJobs: 1000,
  sshKeys: 100,
  /** 30 days. EMR ends a cluster that was idle for 7 days in any case, its longest idle time. */
  clusterHours: 30 * 24,
  occurrenceMinutes: 24 * 60,
} as const;

/** The quotas of everyone, and by the person's id what differs for single people. */
export interface QuotaRules {
  readonly everyone: Quotas;
  readonly people: Readonly<Record<string, Partial<Quotas>>>;
}

export const DEFAULT_QUOTA_RULES: QuotaRules = { everyone: DEFAULT_QUOTAS, people: {} };

/** A limit on the sum of workers would limit the size of one cluster too, so that maintainers have none but one of their own. */
export const quotasOf = (person: Person, { everyone, people }: QuotaRules): Quotas => ({
  ...everyone,
  ...(hasUnlimitedClusterSize(person) ? { workers: null } : {}),
  ...(Object.hasOwn(people, person.id) ? people[person.id] : {}),
});

/** The hours that one cluster of this owner may have. */
export const clusterHoursOf = (ownerId: string, { everyone, people }: QuotaRules): number =>
  (Object.hasOwn(people, ownerId) ? people[ownerId]?.clusterHours : undefined) ?? everyone.clusterHours;

/** The fewest minutes between occurrences of this owner's jobs. */
export const occurrenceMinutesOf = (ownerId: string, { everyone, people }: QuotaRules): number =>
  (Object.hasOwn(people, ownerId) ? people[ownerId]?.occurrenceMinutes : undefined) ?? everyone.occurrenceMinutes;

const ASK = 'ask an administrator of the portal to raise the quota';

/** Quotas on a number of objects. */
type CountedQuota = 'clusters' | 'sessions' | 'sparkJobs' | 'sshKeys';

const COUNTED: Readonly<Record<CountedQuota, { noun: string; remedy: string }>> = {
  clusters: { noun: 'active clusters', remedy: 'Terminate one' },
  sessions: { noun: 'active sessions', remedy: 'Terminate one' },
  sparkJobs: { noun: 'Spark jobs', remedy: 'Delete one' },
  sshKeys: { noun: 'SSH keys', remedy: 'Delete one' },
};

/** @throws QuotaExceeded */
export const requireWithin = (
  quota: CountedQuota | 'workers',
  used: number,
  wanted: number,
  limit: number | null,
): void => {
  if (limit === null || used + wanted <= limit) return;
  const evidence = { quota, used, wanted, limit };
  if (quota === 'workers')
    throw new QuotaExceeded(
      `Quota of workers: active clusters have ${used}, this one asks for ${wanted}, and one person may have ${limit}. ` +
        `Choose fewer, terminate a cluster, or ${ASK}.`,
      evidence,
    );
  const { noun, remedy } = COUNTED[quota];
  throw new QuotaExceeded(
    `Quota of ${noun}: ${used} of the ${limit} that one person may have are in use. ${remedy}, or ${ASK}.`,
    evidence,
  );
};

/** @throws QuotaExceeded */
export const requireLifetimeWithin = (hours: number, extension: number, limit: number): void => {
  if (hours + extension <= limit) return;
  throw new QuotaExceeded(
    `Quota of cluster lifetime: this cluster has ${hours} of the ${limit} hours that one cluster may have, ` +
      `extensions included, and ${extension} more are asked for. Launch another one, or ${ASK}.`,
    { quota: 'clusterHours', used: hours, wanted: extension, limit },
  );
};

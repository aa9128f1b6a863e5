import { QuotaExceeded } from './errors.ts';
import { hasUnlimitedClusterSize, type Person } from './person.ts';

/** What one person may have at a time. */
export interface Quotas {
  /** Active ones. */
  readonly clusters: number;
  /** Over all active clusters of the person; null: no limit. */
  readonly workers: number | null;
  readonly sparkJobs: number;
  readonly sshKeys: number;
}

export const DEFAULT_QUOTAS: Quotas = { clusters: 5, workers: 60, sparkJobs: 100, sshKeys: 20 };

/** Of one cluster, extensions included. */
export const MAX_CLUSTER_HOURS = 7 * 24;

/** Between two occurrences of a schedule. */
export const MIN_OCCURRENCE_MINUTES = 15;

/** A limit on the sum of workers would limit the size of one cluster too. */
export const quotasOf = (person: Person): Quotas =>
  hasUnlimitedClusterSize(person) ? { ...DEFAULT_QUOTAS, workers: null } : DEFAULT_QUOTAS;

const ASK = 'ask an administrator of the portal to raise the quota';

const COUNTED: Readonly<Record<Exclude<keyof Quotas, 'workers'>, { noun: string; remedy: string }>> = {
  clusters: { noun: 'active clusters', remedy: 'Terminate one' },
  sparkJobs: { noun: 'Spark jobs', remedy: 'Delete one' },
  sshKeys: { noun: 'SSH keys', remedy: 'Delete one' },
};

/** @throws QuotaExceeded */
export const requireWithin = (quota: keyof Quotas, used: number, wanted: number, limit: number | null): void => {
  if (limit === null || used + wanted <= limit) return;
  const evidence = { quota, used, wanted, limit };
  if (quota === 'workers')
    throw new QuotaExceeded(
      `Quota of workers: your active clusters have ${used}, this one asks for ${wanted}, and one person may have ${limit}. ` +
        `Choose fewer, terminate a cluster, or ${ASK}.`,
      evidence,
    );
  const { noun, remedy } = COUNTED[quota];
  throw new QuotaExceeded(
    `Quota of ${noun}: you have ${used} of the ${limit} that one person may have. ${remedy}, or ${ASK}.`,
    evidence,
  );
};

/** @throws QuotaExceeded */
export const requireLifetimeWithin = (hours: number, extension: number): void => {
  if (hours + extension <= MAX_CLUSTER_HOURS) return;
  throw new QuotaExceeded(
    `Quota of cluster lifetime: this cluster has ${hours} of the ${MAX_CLUSTER_HOURS} hours that one cluster may have, ` +
      `extensions included, and ${extension} more are asked for. Launch another one, or ${ASK}.`,
    { quota: 'clusterHours', used: hours, wanted: extension, limit: MAX_CLUSTER_HOURS },
  );
};

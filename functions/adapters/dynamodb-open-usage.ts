import type { Instant } from '../../shared/domain/instant.ts';
import type { Workload } from '../../shared/domain/workload.ts';

interface HasUsage {
  readonly id: string;
  readonly workload: Workload;
  readonly usageClosedAt: Instant | null;
}

type Kind = 'cluster' | 'run' | 'session';

/** Keys of the sparse index `due`: present while there is something to do, the oldest first. */
export const dueKeys = (kind: Kind, since: Instant, id: string) => ({ dueKey: kind, dueSortKey: `${since}#${id}` });

/** The same while a workload's usage is to be added up, the longest billed first. */
export const usageKeys = (kind: Kind, { id, workload: { startedAt }, usageClosedAt }: HasUsage) =>
  startedAt !== null && usageClosedAt === null ? dueKeys(kind, startedAt, id) : {};

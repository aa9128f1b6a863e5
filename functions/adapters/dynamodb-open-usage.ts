import type { Instant } from '../../shared/domain/instant.ts';
import { isBilled } from '../../shared/domain/usage.ts';
import type { Workload } from '../../shared/domain/workload.ts';

interface HasUsage {
  readonly id: string;
  readonly workload: Workload;
  readonly usageClosedAt: Instant | null;
}

/** Keys of the sparse index `due`: present while a workload's usage is to be added up, the longest billed first. */
export const usageKeys = (kind: 'cluster' | 'run' | 'session', { id, workload, usageClosedAt }: HasUsage) =>
  isBilled(workload) && usageClosedAt === null ? { dueKey: kind, dueSortKey: `${workload.startedAt}#${id}` } : {};

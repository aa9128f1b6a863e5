import type { ClusterRecord, PlannedFailure } from './cluster-record.ts';
import type { OperationName } from './operation-names.ts';

/** Calls still to be hit by a fault, by operation. */
export type CallCounts = Partial<Record<OperationName, number>>;

/** The faults in force; held in memory only, so a restart ends them. */
export interface Faults {
  throttle: CallCounts;
  errorNext: CallCounts;
  errorAfterLaunch: number;
  failNext: PlannedFailure | null;
  loseEvents: boolean;
  spotShortage: boolean;
  rateLimits: boolean;
}

export const noFaults = (): Faults => ({
  throttle: {},
  errorNext: {},
  errorAfterLaunch: 0,
  failNext: null,
  loseEvents: false,
  spotShortage: false,
  rateLimits: true,
});

/** Whether this call is one of those to be hit; uses that hit up. */
export const useUp = (counts: CallCounts, operation: OperationName): boolean => {
  const left = counts[operation] ?? 0;
  if (left <= 0) return false;
  counts[operation] = left - 1;
  return true;
};

/** Gives the failure ordered by `failNext` to the cluster being launched. */
export const planFailure = (faults: Faults, cluster: ClusterRecord): void => {
  cluster.plannedFailure = faults.failNext;
  faults.failNext = null;
};

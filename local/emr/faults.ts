import type { SessionFaults } from '../connect/session-host.ts';
import { noCallFaults, type CallFaults } from '../emulation/call-gate.ts';
import type { ClusterRecord, PlannedFailure } from './cluster-record.ts';

/** The faults in force; held in memory only, so a restart ends them. */
export interface Faults extends CallFaults, SessionFaults {
  errorAfterLaunch: number;
  failNext: PlannedFailure | null;
  loseEvents: boolean;
  spotShortage: boolean;
}

export const noFaults = (): Faults => ({
  ...noCallFaults(),
  errorAfterLaunch: 0,
  failNext: null,
  loseEvents: false,
  spotShortage: false,
  sessionsWithoutSpark: false,
});

/** Gives the failure ordered by `failNext` to the cluster being launched. */
export const planFailure = (faults: Faults, cluster: ClusterRecord): void => {
  cluster.plannedFailure = faults.failNext;
  faults.failNext = null;
};

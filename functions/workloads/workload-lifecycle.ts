import { absentFromSweep, type EmrObservation } from '../../shared/domain/workload.ts';
import type { Engines } from '../ports/emr-engine.ts';
import { reconcileWorkload, type ReconcileWorkload } from './reconcile-workload.ts';
import type { RelaunchWorkload } from './relaunch-workload.ts';
import { terminateInEmr, terminateSoon, type Terminate } from './terminate-in-emr.ts';
import type { ManagedWorkload, WorkloadOwner } from './workload-owner.ts';

/** The lifecycle of a workload after its launch, independent of its owner. */
export interface WorkloadCare {
  readonly reconcile: ReconcileWorkload;
  readonly terminate: Terminate;
  readonly terminateSoon: Terminate;
}

export const workloadCare = (engines: Engines): WorkloadCare => {
  const terminate = terminateInEmr(engines);
  return {
    reconcile: reconcileWorkload({ engines, terminate }),
    terminate,
    terminateSoon: terminateSoon(terminate),
  };
};

interface ManagedBy<Holder> {
  readonly reconcile: ReconcileWorkload;
  readonly relaunch: RelaunchWorkload<Holder>;
}

/** An owner with the operations of sweeps and events on its workload. */
export const managed =
  <Holder>({ reconcile, relaunch }: ManagedBy<Holder>) =>
  (owner: WorkloadOwner<Holder>): ManagedWorkload => ({
    workload: owner.workload,
    evidence: owner.evidence,
    reconcile: (seen: EmrObservation) => reconcile(owner, seen),
    countAbsence: () => owner.change(absentFromSweep),
    relaunch: () => relaunch(owner),
  });

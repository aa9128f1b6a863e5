import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import { absentFromSweep } from '../../shared/domain/workload.ts';
import type { OwnActs } from '../access/own-acts.ts';
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

interface WorkloadCareDependencies {
  readonly engines: Engines;
  readonly acts: Pick<OwnActs, 'recordEnd'>;
}

export const workloadCare = ({ engines, acts }: WorkloadCareDependencies): WorkloadCare => {
  const terminate = terminateInEmr(engines);
  return {
    reconcile: reconcileWorkload({ engines, terminate, acts }),
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

import { phaseOfState } from '../../shared/domain/engine.ts';
import { AwsFailed, AwsThrottled, NotFound } from '../../shared/domain/errors.ts';
import { isAbout, isEnded, reconciled, type EmrObservation, type Workload } from '../../shared/domain/workload.ts';
import type { Engines } from '../ports/emr-engine.ts';
import { logger } from '../runtime/logger.ts';
import type { Terminate } from './terminate-in-emr.ts';
import type { WorkloadOwner } from './workload-owner.ts';

interface ReconcileWorkloadDependencies {
  readonly engines: Engines;
  readonly terminate: Terminate;
}

export type ReconcileWorkload = <Holder>(
  owner: WorkloadOwner<Holder>,
  seen: EmrObservation,
) => Promise<WorkloadOwner<Holder>>;

/** Neither events nor lists carry the primary node's address, and events may lack the reason of an end. */
const lacksDetails = (workload: Workload, seen: EmrObservation): boolean => {
  const phase = phaseOfState(workload.engine, seen.state);
  if (phase === 'ended') return seen.reason === null && !isEnded(workload);
  const needsAddress = workload.use === 'interactive' && phase === 'running';
  return needsAddress && (workload.masterAddress ?? seen.masterAddress) === null;
};

/**
 * Applies what EMR said to a workload, and asks EMR again to terminate one that goes on although its termination is on
 * record.
 * @throws AwsThrottled, AwsFailed where EMR does not take a termination, or what an end calls for cannot be read: the next
 *   sweep repeats it
 */
export const reconcileWorkload = ({ engines, terminate }: ReconcileWorkloadDependencies): ReconcileWorkload => {
  /** The same with all details; without them where EMR is too busy to tell, for the next sweep to add. */
  const detailed = async ({ workload, evidence }: WorkloadOwner, seen: EmrObservation): Promise<EmrObservation> => {
    if (!lacksDetails(workload, seen)) return seen;
    try {
      return (await engines[workload.engine].describe(seen.emrId)) ?? seen;
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.warn('EMR did not tell the details of a workload', { ...evidence, error });
      return seen;
    }
  };

  const apply: ReconcileWorkload = async (owner, seen) => {
    const known = await detailed(owner, seen);
    const isNews = reconciled(owner.workload, known) !== owner.workload;
    const current = await (isNews ? owner.change((workload) => reconciled(workload, known)) : owner);
    const { workload } = current;
    const goesOn = ['starting', 'running'].includes(phaseOfState(workload.engine, known.state));
    if (!goesOn || !isAbout(known, workload)) return current;
    if (!isEnded(workload)) return workload.termination === null ? current : terminate(current);
    // Its claim was given up before EMR was heard of.
    if (workload.emrId === null) await engines[workload.engine].terminate([known.emrId]);
    return current;
  };

  return async (owner, seen) => {
    if (!isAbout(seen, owner.workload)) return owner;
    try {
      return await apply(owner, seen);
    } catch (error) {
      // Deleted since it was read: nothing is left to reconcile.
      if (error instanceof NotFound) return owner;
      throw error;
    }
  };
};

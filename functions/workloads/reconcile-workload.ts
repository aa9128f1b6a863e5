import { engineStates, phaseOfState } from '../../shared/domain/engine.ts';
import { AwsFailed, AwsThrottled, NotFound } from '../../shared/domain/errors.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import { isAbout, reconciled } from '../../shared/domain/observed-workload.ts';
import { isEnded, type Workload } from '../../shared/domain/workload.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { Engines } from '../ports/emr-engine.ts';
import { logger } from '../runtime/logger.ts';
import type { Terminate } from './terminate-in-emr.ts';
import { terminateOrphans } from './terminate-orphans.ts';
import type { WorkloadOwner } from './workload-owner.ts';

interface ReconcileWorkloadDependencies {
  readonly engines: Engines;
  readonly terminate: Terminate;
  readonly acts: Pick<OwnActs, 'recordEnd'>;
}

export type ReconcileWorkload = <Holder>(
  owner: WorkloadOwner<Holder>,
  seen: EmrObservation,
) => Promise<WorkloadOwner<Holder>>;

/** Events and lists lack the primary node's address, and events may lack the reason of a termination. */
const lacksDetails = (workload: Workload, seen: EmrObservation): boolean => {
  const phase = phaseOfState(workload.engine, seen.state);
  if (phase === 'ended') return seen.reason === null && !isEnded(workload);
  const { isServerless } = engineStates(workload.engine);
  const needsAddress = !isServerless && workload.use === 'interactive' && phase === 'running';
  return needsAddress && (workload.masterAddress ?? seen.masterAddress) === null;
};

/**
 * Applies an observation of EMR to a workload. If the workload is still active although its termination is
 * recorded, asks EMR again to terminate it.
 * @throws AwsThrottled, AwsFailed if the termination failed, or the outcome of an ended workload could not be read; the next
 *   sweep retries
 */
export const reconcileWorkload = ({ engines, terminate, acts }: ReconcileWorkloadDependencies): ReconcileWorkload => {
  const endOrphan = terminateOrphans({ engines, acts });

  /** The observation with all details. If EMR throttles the call, the details are left to the next sweep. */
  const detailed = async ({ workload, evidence }: WorkloadOwner, seen: EmrObservation): Promise<EmrObservation> => {
    if (!lacksDetails(workload, seen)) return seen;
    try {
      return (await engines[workload.engine].describe(seen.emrId)) ?? seen;
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.warn('The details of a workload could not be read from EMR', { ...evidence, error });
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
    // The claim was given up before EMR reported the workload.
    if (workload.emrId === null) await endOrphan(workload.engine, [known.emrId]);
    return current;
  };

  return async (owner, seen) => {
    if (!isAbout(seen, owner.workload)) return owner;
    try {
      return await apply(owner, seen);
    } catch (error) {
      // The item was deleted since it was read.
      if (error instanceof NotFound) return owner;
      throw error;
    }
  };
};

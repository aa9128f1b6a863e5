import { ENGINES } from '../../shared/domain/engine.ts';
import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import { isEnded, terminationTaken } from '../../shared/domain/workload.ts';
import type { Engines } from '../ports/emr-engine.ts';
import { logger } from '../runtime/logger.ts';
import type { WorkloadOwner } from './workload-owner.ts';

export type Terminate = <Holder>(owner: WorkloadOwner<Holder>) => Promise<WorkloadOwner<Holder>>;

/**
 * Asks EMR to terminate a workload whose termination is recorded. Without an EMR id the call is not possible yet: the
 * use case that learns the id makes it.
 * @throws AwsThrottled, AwsFailed if the call failed
 */
export const terminateInEmr =
  (engines: Engines): Terminate =>
  async (owner) => {
    const { engine, emrId } = owner.workload;
    if (emrId === null || isEnded(owner.workload)) return owner;
    await engines[engine].terminate([emrId]);
    return owner.change((workload) => terminationTaken(workload, emrId));
  };

/** As `terminateInEmr`, but leaves a failed call to the upkeep, which repeats it from the record. */
export const terminateSoon =
  (terminate: Terminate): Terminate =>
  async (owner) => {
    try {
      return await terminate(owner);
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.warn('A termination call to EMR failed; the upkeep will repeat it', { ...owner.evidence, error });
      return owner;
    }
  };

/**
 * As `terminateInEmr` for many workloads, in batches.
 * @throws AwsThrottled, AwsFailed
 */
export const terminateAllInEmr =
  (engines: Engines) =>
  async (owners: readonly WorkloadOwner[]): Promise<void> => {
    for (const engine of ENGINES) {
      const known = owners.flatMap((owner) => {
        const { emrId } = owner.workload;
        return owner.workload.engine === engine && emrId !== null ? { owner, emrId } : [];
      });
      if (known.length === 0) continue;
      await engines[engine].terminate(known.map(({ emrId }) => emrId));
      for (const { owner, emrId } of known) await owner.change((workload) => terminationTaken(workload, emrId));
    }
  };

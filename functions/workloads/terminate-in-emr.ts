import { ENGINES } from '../../shared/domain/engine.ts';
import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import { isEnded, terminationTaken } from '../../shared/domain/workload.ts';
import type { Engines } from '../ports/emr-engine.ts';
import { logger } from '../runtime/logger.ts';
import type { WorkloadOwner } from './workload-owner.ts';

export type Terminate = <Holder>(owner: WorkloadOwner<Holder>) => Promise<WorkloadOwner<Holder>>;

/**
 * Asks EMR to terminate a workload whose termination is on record. Without an id there is nothing to name to EMR yet: the
 * use case that learns the id asks.
 * @throws AwsThrottled, AwsFailed where EMR did not take it
 */
export const terminateInEmr =
  (engines: Engines): Terminate =>
  async (owner) => {
    const { engine, emrId } = owner.workload;
    if (emrId === null || isEnded(owner.workload)) return owner;
    await engines[engine].terminate([emrId]);
    return owner.change((workload) => terminationTaken(workload, emrId));
  };

/** As `terminateInEmr`. What EMR does not take is left to the upkeep, which asks again: the request is on record. */
export const terminateSoon =
  (terminate: Terminate): Terminate =>
  async (owner) => {
    try {
      return await terminate(owner);
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.warn('EMR did not take a termination; the upkeep asks again', { ...owner.evidence, error });
      return owner;
    }
  };

/**
 * As `terminateInEmr`, for many by as few calls as EMR allows.
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

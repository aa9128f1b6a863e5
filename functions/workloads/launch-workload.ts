import { AwsFailed, AwsThrottled, EmrRefusedLaunch, NotFound } from '../../shared/domain/errors.ts';
import { launched, launchRefused, launchWithdrawn, needsTermination } from '../../shared/domain/workload.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { Terminate } from './terminate-in-emr.ts';
import type { WorkloadOwner } from './workload-owner.ts';

interface LaunchWorkloadDependencies<Holder> {
  readonly engines: Engines;
  /**
   * Asks EMR for the workload, once, and returns EMR's id of it.
   * @throws as `Launch`; also AwsFailed where something else failed before EMR was asked
   */
  readonly ask: (holder: Holder) => Promise<string>;
  readonly terminate: Terminate;
  readonly clock: Clock;
}

export type LaunchWorkload<Holder> = (claimed: WorkloadOwner<Holder>) => Promise<WorkloadOwner<Holder>>;

/**
 * Launches a workload whose claim and attempt are written, and records what EMR answered.
 * @throws AwsThrottled, AwsFailed: not launched where the attempt is withdrawn, which the workload says; EmrRefusedLaunch:
 *   recorded as failed; LaunchUncertain: it stays LAUNCHING, and the sweep finds out; NotFound: the item is gone, and what
 *   was launched is terminated
 */
export const launchWorkload = <Holder>({
  engines,
  ask,
  terminate,
  clock,
}: LaunchWorkloadDependencies<Holder>): LaunchWorkload<Holder> => {
  /** Where this cannot be written either, the launch looks uncertain, which is safe. */
  const withdraw = async (owner: WorkloadOwner<Holder>): Promise<void> => {
    const { runToken } = owner.workload;
    await owner
      .change((workload) => launchWithdrawn(workload, runToken))
      .catch((error: unknown) =>
        logger.warn('A launch attempt could not be withdrawn; the sweep finds out', { ...owner.evidence, error }),
      );
  };

  const askEmr = async (owner: WorkloadOwner<Holder>): Promise<string> => {
    try {
      return await ask(owner.holder);
    } catch (error) {
      if (error instanceof EmrRefusedLaunch) {
        const { runToken } = owner.workload;
        await owner.change((workload) => launchRefused(workload, runToken, error.message, clock.now()));
      }
      if (error instanceof AwsThrottled || error instanceof AwsFailed) await withdraw(owner);
      throw error;
    }
  };

  return async (claimed) => {
    const emrId = await askEmr(claimed);
    const { engine, runToken } = claimed.workload;
    try {
      const owner = await claimed.change((workload) => launched(workload, runToken, emrId, clock.now()));
      // Launched again under another token, or given up, while EMR was asked: this one is nobody's.
      if (owner.workload.emrId !== emrId) await engines[engine].terminate([emrId]);
      // Somebody may have asked for the termination before there was an id to name to EMR.
      return needsTermination(owner.workload) ? await terminate(owner) : owner;
    } catch (error) {
      if (error instanceof NotFound) await engines[engine].terminate([emrId]);
      throw error;
    }
  };
};

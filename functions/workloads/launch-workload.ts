import { AwsFailed, AwsThrottled, EmrRefusedLaunch, LaunchesPaused, NotFound } from '../../shared/domain/errors.ts';
import { launched, launchRefused, launchWithdrawn, needsTermination } from '../../shared/domain/workload.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import type { Terminate } from './terminate-in-emr.ts';
import { terminateOrphans } from './terminate-orphans.ts';
import type { WorkloadOwner } from './workload-owner.ts';

interface LaunchWorkloadDependencies<Holder> {
  readonly engines: Engines;
  /**
   * Calls EMR once to launch the workload, and returns its EMR id.
   * @throws as `Launch`; also AwsFailed if another call failed before EMR was asked
   */
  readonly ask: (holder: Holder) => Promise<string>;
  readonly terminate: Terminate;
  readonly acts: Pick<OwnActs, 'recordEnd'>;
  readonly launchPause: Pick<LaunchPause, 'requireAllowed'>;
  readonly clock: Clock;
}

export type LaunchWorkload<Holder> = (claimed: WorkloadOwner<Holder>) => Promise<WorkloadOwner<Holder>>;

/**
 * Launches a workload whose claim and attempt are written, and records EMR's response.
 * @throws AwsThrottled, AwsFailed, LaunchesPaused: not launched if the workload's attempt was withdrawn; EmrRefusedLaunch:
 *   recorded as failed; LaunchUncertain: it stays LAUNCHING for the sweep to resolve; NotFound: the item was deleted, and what
 *   was launched is terminated
 */
export const launchWorkload = <Holder>({
  engines,
  ask,
  terminate,
  acts,
  launchPause,
  clock,
}: LaunchWorkloadDependencies<Holder>): LaunchWorkload<Holder> => {
  const endOrphan = terminateOrphans({ engines, acts });

  /** If this write fails too, the launch counts as uncertain, which is safe. */
  const withdraw = async (owner: WorkloadOwner<Holder>, { message }: Error): Promise<void> => {
    const { audited, named, workload } = owner;
    const { runToken } = workload;
    await acts.recordEnd({
      action: `${audited.kind}.withdraw-launch`,
      object: audited,
      detail: { ...named, reason: message },
    });
    await owner
      .change((workload) => launchWithdrawn(workload, runToken))
      .catch((error: unknown) =>
        logger.warn('A launch attempt could not be withdrawn; the sweep will resolve it', { ...owner.evidence, error }),
      );
  };

  const askEmr = async (owner: WorkloadOwner<Holder>): Promise<string> => {
    try {
      // Here, where every launch passes: one that was claimed before the pause waits on.
      await launchPause.requireAllowed();
      return await ask(owner.holder);
    } catch (error) {
      if (error instanceof EmrRefusedLaunch) {
        const { runToken } = owner.workload;
        await owner.change((workload) => launchRefused(workload, runToken, error.message, clock.now()));
      }
      if (error instanceof AwsThrottled || error instanceof AwsFailed || error instanceof LaunchesPaused)
        await withdraw(owner, error);
      throw error;
    }
  };

  return async (claimed) => {
    const emrId = await askEmr(claimed);
    const { engine, runToken } = claimed.workload;
    try {
      const owner = await claimed.change((workload) => launched(workload, runToken, emrId, clock.now()));
      // The workload was relaunched with another token, or given up, during the call: this launch is an orphan.
      if (owner.workload.emrId !== emrId) await endOrphan(engine, [emrId]);
      // A termination may have been requested before the EMR id was known.
      return needsTermination(owner.workload) ? await terminate(owner) : owner;
    } catch (error) {
      if (error instanceof NotFound) await endOrphan(engine, [emrId]);
      throw error;
    }
  };
};

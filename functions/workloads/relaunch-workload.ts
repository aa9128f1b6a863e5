import { AwsThrottled, EmrRefusedLaunch, LaunchesPaused, LaunchUncertain } from '../../shared/domain/errors.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { endedUnlaunched, isSameLaunch, launchClaimedAgain, type GivenUp } from '../../shared/domain/workload.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import type { LaunchWorkload } from './launch-workload.ts';
import type { WorkloadOwner } from './workload-owner.ts';

interface RelaunchWorkloadDependencies<Holder> {
  readonly launch: LaunchWorkload<Holder>;
  readonly launchPause: Pick<LaunchPause, 'current'>;
  /** The reason if it is too late for a launch; otherwise null. */
  readonly givenUp: (holder: Holder, now: Instant) => GivenUp | null;
  readonly acts: Pick<OwnActs, 'record' | 'recordEnd'>;
  readonly clock: Clock;
  readonly newRunToken: () => string;
}

export type RelaunchWorkload<Holder> = (stale: WorkloadOwner<Holder>) => Promise<void>;

/** Errors that the next sweep resolves, or that are already recorded. */
const isSettled = (error: unknown): boolean =>
  error instanceof AwsThrottled ||
  error instanceof EmrRefusedLaunch ||
  error instanceof LaunchesPaused ||
  error instanceof LaunchUncertain;

/**
 * Resolves a workload that is still LAUNCHING although EMR certainly has no workload with its run token: launches it again with a
 * new token, or ends it if it is no longer wanted or possible. While launches are paused it waits on.
 * @throws AwsThrottled, AwsFailed: not launched; the next sweep retries
 */
export const relaunchWorkload = <Holder>({
  launch,
  launchPause,
  givenUp,
  acts,
  clock,
  newRunToken,
}: RelaunchWorkloadDependencies<Holder>): RelaunchWorkload<Holder> => {
  /** A termination has an entry already, and so has the request for a launch that only waited for its turn. */
  const record = async (
    { audited, named, workload, holder }: WorkloadOwner<Holder>,
    isPaused: boolean,
  ): Promise<void> => {
    if (workload.termination !== null) return;
    const { kind } = audited;
    const why = givenUp(holder, clock.now());
    if (why !== null)
      await acts.recordEnd({
        action: `${kind}.give-up-launch`,
        object: audited,
        detail: { ...named, reason: why.reason.message },
      });
    else if (workload.launchAttemptedAt !== null && !isPaused)
      await acts.record({ action: `${kind}.relaunch`, object: audited, detail: named });
  };

  return async (stale) => {
    const runToken = newRunToken();
    const { isPaused } = await launchPause.current();
    await record(stale, isPaused);
    const settled = await stale.change((workload, holder) => {
      if (!isSameLaunch(workload, stale.workload)) return workload;
      const now = clock.now();
      if (workload.termination !== null) return endedUnlaunched(workload, now);
      const why = givenUp(holder, now);
      if (why !== null) return endedUnlaunched(workload, now, why);
      return isPaused ? workload : launchClaimedAgain(workload, stale.workload, runToken, now);
    });
    if (settled.workload.runToken !== runToken) return;
    if (stale.workload.launchAttemptedAt === null)
      logger.info('Launching a workload that waited for its turn', settled.evidence);
    else logger.warn('Relaunching a workload that EMR never launched', settled.evidence);
    await launch(settled).catch((error: unknown) => {
      if (!isSettled(error)) throw error;
      logger.warn('A workload could not be launched again', { ...settled.evidence, error });
    });
  };
};

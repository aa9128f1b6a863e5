import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import { StaleWrite } from '../../shared/domain/errors.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { LaunchTerms } from '../../shared/domain/launch-settings.ts';
import { isRunOf } from '../../shared/domain/occurrences.ts';
import { withRunWorkload } from '../../shared/domain/run-outcome.ts';
import { MISSED_REASONS } from '../../shared/domain/run-reasons.ts';
import { hasTimedOut, type Run } from '../../shared/domain/run.ts';
import {
  claimedForRun,
  isOccurrenceClaimed,
  isRunnable,
  withLatestRun,
  type SparkJob,
} from '../../shared/domain/spark-job.ts';
import { endedUnlaunched, isUnlaunched, launchAttempted } from '../../shared/domain/workload.ts';
import { requireRequested } from './requested-job.ts';

export interface Claim {
  readonly request: RunJobRequest;
  readonly executionId: string;
  readonly runToken: string;
  readonly termsOf: (job: SparkJob) => LaunchTerms;
  readonly now: Instant;
  /** The turn to be launched; left out where the claim has one already. */
  readonly slot?: Instant;
}

const NOT_STARTED = { ending: 'stopped', reason: MISSED_REASONS.notStarted } as const;

/** The claim as this execution goes on with it: launched once its turn has come, or ended where its time is over. */
const claimContinued = (job: SparkJob, run: Run, { executionId: claimedBy, slot, now }: Claim): SparkJob => {
  const claimed = withLatestRun(job, run.id, (latest) => ({ ...latest, claimedBy }), now);
  const launchDueAt = run.workload.launchDueAt ?? slot ?? now;
  const inTurn = { ...run.workload, launchDueAt };
  const next = launchDueAt > now ? inTurn : launchAttempted(inTurn, now);
  const workload = hasTimedOut(run, now) ? endedUnlaunched(run.workload, now, NOT_STARTED) : next;
  return withRunWorkload(claimed, run, workload, { notebook: null, now });
};

/**
 * The job with the claim of this execution, and with the attempt to launch where the claim's turn has come; the job itself
 * where there is nothing for this execution to launch.
 * @throws NotFound; StaleWrite while another occurrence's run goes on
 */
export const claimedFor = (job: SparkJob, claim: Claim): SparkJob => {
  const { request, executionId, runToken, termsOf, now, slot } = claim;
  const { latestRun } = requireRequested(job, request);
  if (latestRun !== null && isRunOf(latestRun, request)) {
    const isOurs = latestRun.claimedBy === null || latestRun.claimedBy === executionId;
    return isOurs && isUnlaunched(latestRun.workload) ? claimContinued(job, latestRun, claim) : job;
  }
  // A manual run is claimed by the request that starts it; without a claim it was withdrawn.
  if (request.trigger === 'manual' || isOccurrenceClaimed(job, request)) return job;
  if (!isRunnable(job)) throw new StaleWrite('Another occurrence started first. Wait until its run has ended.');
  const turn = slot === undefined ? {} : { launchDueAt: slot };
  return claimedForRun(job, { ...request, runToken, claimedBy: executionId, ...turn }, termsOf(job), now);
};

/** Whether this execution is about to claim, or to go on with a claim, that has no turn yet. */
export const needsSlot = (job: SparkJob, claim: Claim): boolean => {
  if (claimedFor(job, claim) === job) return false;
  const run = job.latestRun;
  return run === null || !isRunOf(run, claim.request) || run.workload.launchDueAt === null;
};

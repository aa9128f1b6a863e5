import type { ProvisionedRun, RunJobRequest } from '../../shared/contract/run-job.ts';
import type { ClusterPricing, Rate } from '../../shared/domain/cost.ts';
import { EmrRefusedLaunch, LaunchUncertain, StaleWrite } from '../../shared/domain/errors.ts';
import { secondsBetween, type Instant } from '../../shared/domain/instant.ts';
import { isRunOf } from '../../shared/domain/occurrences.ts';
import { withRunWorkload } from '../../shared/domain/run-outcome.ts';
import { MISSED_REASONS } from '../../shared/domain/run-reasons.ts';
import { hasTimedOut, isFinalRun, type Run } from '../../shared/domain/run.ts';
import {
  claimedForRun,
  isOccurrenceClaimed,
  isRunnable,
  timeoutAt,
  withLatestRun,
  type SparkJob,
} from '../../shared/domain/spark-job.ts';
import { endedUnlaunched, isUnlaunched, launchAttempted } from '../../shared/domain/workload.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { RunLaunches, RunLifecycle } from '../runs/run-lifecycle.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { RecordMissedOccurrence } from './record-missed-occurrence.ts';
import { requireRequested } from './requested-job.ts';

interface ProvisionRunDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly lifecycle: Pick<RunLifecycle, 'owning'>;
  readonly launchRun: RunLaunches['launch'];
  readonly recordMissedOccurrence: RecordMissedOccurrence;
  readonly clock: Clock;
  readonly newRunToken: () => string;
  readonly pricing: ClusterPricing;
}

/** Step Functions requires a wait above zero. */
const SHORTEST_WAIT_SECONDS = 60;

interface Claim {
  readonly request: RunJobRequest;
  readonly executionId: string;
  readonly runToken: string;
  readonly rateOf: (job: SparkJob) => Rate;
  readonly now: Instant;
}

const NOT_STARTED = { ending: 'stopped', reason: MISSED_REASONS.notStarted } as const;

/** The claim as this execution goes on with it: launched next, or ended where EMR was too busy until its time was over. */
const claimContinued = (job: SparkJob, run: Run, claimedBy: string, now: Instant): SparkJob => {
  const claimed = withLatestRun(job, run.id, (latest) => ({ ...latest, claimedBy }), now);
  const workload = hasTimedOut(run, now)
    ? endedUnlaunched(run.workload, now, NOT_STARTED)
    : launchAttempted(run.workload, now);
  return withRunWorkload(claimed, run, workload, { notebook: null, now });
};

/** The job with the claim to launch; the job itself where there is nothing for this execution to launch. */
const claimedFor = (job: SparkJob, { request, executionId, runToken, rateOf, now }: Claim): SparkJob => {
  const { latestRun } = requireRequested(job, request);
  if (latestRun !== null && isRunOf(latestRun, request)) {
    const isOurs = latestRun.claimedBy === null || latestRun.claimedBy === executionId;
    return isOurs && isUnlaunched(latestRun.workload) ? claimContinued(job, latestRun, executionId, now) : job;
  }
  // A manual run is claimed by the request that starts it; without a claim it was withdrawn.
  if (request.trigger === 'manual' || isOccurrenceClaimed(job, request)) return job;
  if (!isRunnable(job)) throw new StaleWrite('Another occurrence started first. Wait until its run has ended.');
  return claimedForRun(job, { ...request, runToken, claimedBy: executionId }, rateOf(job), now);
};

/**
 * Starts at most one run for an occurrence, however often it is delivered or retried: the claim names the execution, and
 * an attempt to launch is written before it is made.
 * @throws NotFound; StaleWrite while another occurrence's run goes on; AwsThrottled, AwsFailed: not launched, try again
 */
export const provisionRun = (deps: ProvisionRunDependencies) => {
  const { jobs, history, lifecycle, launchRun, recordMissedOccurrence, clock, newRunToken, pricing } = deps;

  const answer = (result: ProvisionedRun['result'], run: Run | null): ProvisionedRun => ({
    result,
    runId: run?.id ?? '',
    timeoutSeconds: Math.max(SHORTEST_WAIT_SECONDS, run === null ? 0 : secondsBetween(clock.now(), timeoutAt(run))),
  });

  const launched = async (job: SparkJob, run: Run): Promise<ProvisionedRun['result']> => {
    try {
      await launchRun(lifecycle.owning({ job, run }));
    } catch (error) {
      if (error instanceof EmrRefusedLaunch) return 'refused';
      if (!(error instanceof LaunchUncertain)) throw error;
      logger.warn('It is not certain whether EMR launched a run', { runId: run.id, error });
    }
    return 'launched';
  };

  /** The claim takes the place of the run before, whose end a crash may have kept from the history. */
  const recordReplaced = async (job: SparkJob, claimedIn: (job: SparkJob) => SparkJob): Promise<void> => {
    const { latestRun } = job;
    if (latestRun === null || !isFinalRun(latestRun) || claimedIn(job).latestRun?.id === latestRun.id) return;
    await history.record(latestRun);
  };

  return async ({
    request,
    executionId,
  }: {
    readonly request: RunJobRequest;
    readonly executionId: string;
  }): Promise<ProvisionedRun> => {
    const runToken = newRunToken();
    const rateOf = ({ size }: SparkJob): Rate => pricing.rateOf(size);
    const claimedIn = (job: SparkJob): SparkJob =>
      claimedFor(job, { request, executionId, runToken, rateOf, now: clock.now() });
    await recordReplaced(await jobs.get(request.identifier), claimedIn);
    let isClaimed = false;
    const job = await jobs.change(request.identifier, (current) => {
      const claimed = claimedIn(current);
      isClaimed = claimed !== current;
      return claimed;
    });
    const run = job.latestRun;
    if (run === null || !isRunOf(run, request)) {
      // Its place in the order is gone: a later occurrence overtook it while it waited.
      await recordMissedOccurrence(job, request, 'superseded');
      return answer('alreadyStarted', null);
    }
    if (isClaimed && !isFinalRun(run)) return answer(await launched(job, run), run);
    if (run.claimedBy !== executionId) return answer('alreadyStarted', run);
    return answer(isFinalRun(run) ? 'refused' : 'launched', run);
  };
};

import type { ProvisionedRun, RunJobRequest } from '../../shared/contract/run-job.ts';
import type { ClusterPricing } from '../../shared/domain/cost.ts';
import { StaleWrite } from '../../shared/domain/errors.ts';
import { secondsBetween, type Instant } from '../../shared/domain/instant.ts';
import { MISSED_REASONS, standsFor } from '../../shared/domain/occurrences.ts';
import { isUnlaunched, launchAttempted, missed } from '../../shared/domain/run-launch.ts';
import { withMailAbout } from '../../shared/domain/run-mails.ts';
import { hasTimedOut, isFinalRun, type Run } from '../../shared/domain/run.ts';
import {
  claimedForRun,
  isOccurrenceTaken,
  isRunnable,
  timeoutAt,
  withLatestRun,
  type SparkJob,
} from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { LaunchRun } from '../workloads/launch-run.ts';
import type { Clock } from '../runtime/clock.ts';
import type { RecordMissedOccurrence } from './record-missed-occurrence.ts';
import { requireRequested } from './requested-job.ts';

interface ProvisionRunDependencies {
  readonly jobs: SparkJobRepository;
  readonly launchRun: LaunchRun;
  readonly recordMissedOccurrence: RecordMissedOccurrence;
  readonly clock: Clock;
  readonly newRunToken: () => string;
  readonly pricing: ClusterPricing;
}

/** Step Functions takes no wait of zero. */
const SHORTEST_WAIT_SECONDS = 60;

interface Claim {
  readonly request: RunJobRequest;
  readonly executionId: string;
  readonly runToken: string;
  readonly hourlyCost: (job: SparkJob) => number;
  readonly now: Instant;
}

/** The end of a claim that EMR was too busy for until its time was over. */
const endedUnstarted = (job: SparkJob, { id }: Run, claimedBy: string, now: Instant): SparkJob => {
  const end = (run: Run): Run => ({ ...missed(run, MISSED_REASONS.notStarted, now), claimedBy });
  const ended = withLatestRun(job, id, end, now);
  return ended.latestRun === null ? ended : withMailAbout(ended, ended.latestRun, now);
};

/** The job with the claim to launch; the job itself where there is nothing for this execution to launch. */
const claimedFor = (job: SparkJob, { request, executionId, runToken, hourlyCost: costOf, now }: Claim): SparkJob => {
  const { latestRun } = requireRequested(job, request);
  if (latestRun !== null && standsFor(latestRun, request)) {
    const isOurs = latestRun.claimedBy === null || latestRun.claimedBy === executionId;
    if (!isOurs || !isUnlaunched(latestRun)) return job;
    return hasTimedOut(latestRun, now)
      ? endedUnstarted(job, latestRun, executionId, now)
      : withLatestRun(job, latestRun.id, (run) => ({ ...launchAttempted(run, now), claimedBy: executionId }), now);
  }
  // A manual run is claimed by whoever asked for it; without the claim it was taken back.
  if (request.trigger === 'manual' || isOccurrenceTaken(job, request)) return job;
  if (!isRunnable(job)) throw new StaleWrite('Another occurrence took its turn first; wait for its end.');
  return claimedForRun(job, { ...request, runToken, claimedBy: executionId }, costOf(job), now);
};

/**
 * Starts at most one run for an occurrence, however often it is delivered or retried: the claim names the execution, and
 * an attempt to launch is written before it is made.
 * @throws NotFound; StaleWrite while another occurrence's run goes on; AwsThrottled, AwsFailed: not launched, try again
 */
export const provisionRun = (deps: ProvisionRunDependencies) => {
  const { jobs, launchRun, recordMissedOccurrence, clock, newRunToken, pricing } = deps;

  const answer = (result: ProvisionedRun['result'], run: Run | null): ProvisionedRun => ({
    result,
    runId: run?.id ?? '',
    timeoutSeconds: Math.max(SHORTEST_WAIT_SECONDS, run === null ? 0 : secondsBetween(clock.now(), timeoutAt(run))),
  });

  return async ({
    request,
    executionId,
  }: {
    readonly request: RunJobRequest;
    readonly executionId: string;
  }): Promise<ProvisionedRun> => {
    const runToken = newRunToken();
    const costOf = ({ size }: SparkJob): number => pricing.rateOf(size).hourly;
    let isClaimed = false;
    const job = await jobs.change(request.identifier, (current) => {
      const claim = { request, executionId, runToken, hourlyCost: costOf, now: clock.now() };
      const claimed = claimedFor(current, claim);
      isClaimed = claimed !== current;
      return claimed;
    });
    const run = job.latestRun;
    if (run === null || !standsFor(run, request)) {
      // Its place in the order is gone: a later occurrence overtook it while it waited.
      await recordMissedOccurrence(job, request, 'superseded');
      return answer('alreadyStarted', null);
    }
    if (isClaimed && !isFinalRun(run))
      return answer((await launchRun(job, run)) === 'refused' ? 'refused' : 'launched', run);
    if (run.claimedBy !== executionId) return answer('alreadyStarted', run);
    return answer(isFinalRun(run) ? 'refused' : 'launched', run);
  };
};

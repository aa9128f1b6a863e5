import type { ProvisionedRun, RunJobRequest } from '../../shared/contract/run-job.ts';
import type { RunPricing } from '../../shared/domain/cluster-pricing.ts';
import { BudgetExceeded, EmrRefusedLaunch, LaunchesPaused, LaunchUncertain } from '../../shared/domain/errors.ts';
import { secondsBetween } from '../../shared/domain/instant.ts';
import type { LaunchTerms } from '../../shared/domain/launch-settings.ts';
import type { LaunchFor } from '../../shared/domain/launch-slots.ts';
import { isRunOf } from '../../shared/domain/occurrences.ts';
import { hasTimedOut, isFinalRun, plannedTokenOf, type Run } from '../../shared/domain/run.ts';
import { timeoutAt, type SparkJob } from '../../shared/domain/spark-job.ts';
import { isUnlaunched } from '../../shared/domain/workload.ts';
import type { LaunchSlots } from '../ports/launch-slots.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { TakeBack } from '../access/budget-commitments.ts';
import { takeBackUnlessClaimed, type CommitRun } from '../runs/commit-run.ts';
import type { RunLaunches, RunLifecycle } from '../runs/run-lifecycle.ts';
import type { Clock } from '../runtime/clock.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import { logger } from '../runtime/logger.ts';
import { claimedFor, needsSlot, type Claim } from './claim-run.ts';
import type { RecordMissedOccurrence } from './record-missed-occurrence.ts';

interface ProvisionRunDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly lifecycle: Pick<RunLifecycle, 'owning'>;
  readonly launchSlots: LaunchSlots;
  readonly launchRun: RunLaunches['launch'];
  readonly recordMissedOccurrence: RecordMissedOccurrence;
  readonly commitRun: CommitRun;
  readonly clock: Clock;
  readonly newRunToken: () => string;
  readonly pricing: RunPricing;
  readonly settings: ReadSettings;
  readonly launchPause: Pick<LaunchPause, 'current'>;
}

/** Between two looks at a pause: often enough for people, few enough for an execution's history. */
const PAUSE_SECONDS = 300;

/** A claimed run keeps the engine that its job had then. */
const launchOf = ({ engine, latestRun }: SparkJob): LaunchFor => {
  const isClaimed = latestRun !== null && !isFinalRun(latestRun);
  return (isClaimed ? latestRun.workload.engine : engine) === 'serverless' ? 'serverlessRun' : 'run';
};

/** Step Functions requires a wait above zero. */
const SHORTEST_WAIT_SECONDS = 60;

/**
 * Starts at most one run for an occurrence, however often it is delivered or retried: the claim names the execution, and
 * an attempt to launch is written before it is made. A claim whose turn is yet to come is answered with the seconds until then.
 * @throws NotFound; BudgetExceeded after the occurrence was recorded as missed; StaleWrite while another occurrence's run goes on; AwsThrottled, AwsFailed: not launched, try again
 */
export const provisionRun = (deps: ProvisionRunDependencies) => {
  const {
    jobs,
    history,
    lifecycle,
    launchSlots,
    launchRun,
    recordMissedOccurrence,
    clock,
    newRunToken,
    pricing,
    settings,
    commitRun,
    launchPause,
  } = deps;

  const answer = (result: ProvisionedRun['result'], run: Run | null): ProvisionedRun => ({
    result,
    runId: run?.id ?? '',
    timeoutSeconds: Math.max(SHORTEST_WAIT_SECONDS, run === null ? 0 : secondsBetween(clock.now(), timeoutAt(run))),
    waitSeconds: 0,
  });

  const untilItsTurn = async (run: Run): Promise<ProvisionedRun> => {
    await history.record(run);
    const { launchDueAt } = run.workload;
    const seconds = launchDueAt === null ? 0 : secondsBetween(clock.now(), launchDueAt);
    // Waits are of whole seconds: one more, so that the turn has come then.
    return { ...answer('waiting', run), waitSeconds: seconds + 1 };
  };

  const pausedWith = (run: Run): ProvisionedRun => ({ ...answer('waiting', run), waitSeconds: PAUSE_SECONDS });

  const launched = async (job: SparkJob, run: Run): Promise<ProvisionedRun> => {
    try {
      await launchRun(lifecycle.owning({ job, run }));
    } catch (error) {
      if (error instanceof EmrRefusedLaunch) return answer('refused', run);
      // Paused between the claim and the call: the attempt is withdrawn.
      if (error instanceof LaunchesPaused) return pausedWith(run);
      if (!(error instanceof LaunchUncertain)) throw error;
      logger.warn('It is not certain whether EMR launched a run', { runId: run.id, error });
    }
    return answer('launched', run);
  };

  /** While launches are paused a claim waits on, and an occurrence without one is missed; null where nothing would be launched. */
  const whilePaused = async (job: SparkJob, claim: Claim, reason: string): Promise<ProvisionedRun | null> => {
    if (claimedFor(job, claim) === job) return null;
    const run = job.latestRun;
    if (run === null || !isRunOf(run, claim.request)) {
      await recordMissedOccurrence(job, claim.request, 'launchesPaused', reason);
      return answer('alreadyStarted', null);
    }
    return hasTimedOut(run, claim.now) ? null : pausedWith(run);
  };

  /** The claim takes the place of the run before, whose end a crash may have kept from the history. */
  const recordReplaced = async (job: SparkJob, claimedIn: (job: SparkJob) => SparkJob): Promise<void> => {
    const { latestRun } = job;
    if (latestRun === null || !isFinalRun(latestRun) || claimedIn(job).latestRun?.id === latestRun.id) return;
    await history.record(latestRun);
  };

  const nothing: TakeBack = async () => {};

  /** A claim that goes on is counted in the budgets already. */
  const committed = async (known: SparkJob, { request, runToken, termsOf, now }: Claim, isNew: boolean) => {
    if (!isNew) return nothing;
    try {
      return await commitRun(known, { runToken, rate: termsOf(known).rate, now });
    } catch (error) {
      if (error instanceof BudgetExceeded) await recordMissedOccurrence(known, request, 'overBudget');
      throw error;
    }
  };

  return async ({
    request,
    executionId,
  }: {
    readonly request: RunJobRequest;
    readonly executionId: string;
  }): Promise<ProvisionedRun> => {
    const runToken = newRunToken();
    const current = await settings();
    const termsOf = (job: SparkJob): LaunchTerms => pricing.terms(current, job);
    const claim = (): Claim => ({ request, executionId, runToken, termsOf, now: clock.now() });
    const known = await jobs.get(request.identifier);
    const { isPaused, reason } = await launchPause.current();
    const held = isPaused ? await whilePaused(known, claim(), reason ?? '') : null;
    if (held !== null) return held;
    await recordReplaced(known, (job) => claimedFor(job, claim()));
    const isNew = claimedFor(known, claim()).latestRun?.id !== known.latestRun?.id;
    const takeBack = await committed(known, claim(), isNew);
    let isAttempted = false;
    const claimedJob = async (): Promise<SparkJob> => {
      const turn = needsSlot(known, claim()) ? { slot: await launchSlots.take(launchOf(known)) } : {};
      return jobs.change(request.identifier, (latest) => {
        const claimed = claimedFor(latest, { ...claim(), ...turn });
        isAttempted = claimed !== latest && claimed.latestRun !== null && !isUnlaunched(claimed.latestRun.workload);
        return claimed;
      });
    };
    const job = await claimedJob().catch(async (error: unknown) => {
      await takeBackUnlessClaimed(jobs, { identifier: request.identifier, runToken, takeBack });
      throw error;
    });
    const run = job.latestRun;
    // Another delivery claimed the occurrence meanwhile.
    if (run === null || plannedTokenOf(run) !== runToken) await takeBack();
    if (run === null || !isRunOf(run, request)) {
      // Its place in the order is gone: a later occurrence overtook it while it waited.
      await recordMissedOccurrence(job, request, 'superseded');
      return answer('alreadyStarted', null);
    }
    if (isAttempted && !isFinalRun(run)) return launched(job, run);
    if (run.claimedBy !== executionId) return answer('alreadyStarted', run);
    if (isFinalRun(run)) return answer('refused', run);
    return isUnlaunched(run.workload) ? untilItsTurn(run) : answer('launched', run);
  };
};

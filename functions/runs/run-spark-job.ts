import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { parameterNames } from '../../shared/domain/audited-job.ts';
import type { RunPricing } from '../../shared/domain/cluster-pricing.ts';
import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import type { Parameters } from '../../shared/domain/parameters.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import type { CurrentSettings } from '../../shared/domain/settings.ts';
import { claimedForRun, isPastEnd, isRunnable, type SparkJob } from '../../shared/domain/spark-job.ts';
import { isUnlaunched } from '../../shared/domain/workload.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import { manualExecutionName } from '../ports/execution-name.ts';
import type { WorkflowExecutions } from '../ports/workflow-executions.ts';
import type { Clock } from '../runtime/clock.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import { auditedRefusal } from '../access/audited-refusal.ts';
import { permittedSparkJob, type RunLookup } from '../access/permitted-run.ts';
import type { TakeBack } from '../access/budget-commitments.ts';
import { takeBackUnlessClaimed, type CommitRun } from './commit-run.ts';
import { runToView } from './run-view.ts';
import type { SyncLatestRun } from './sync-latest-run.ts';

interface RunSparkJobDependencies extends RunLookup {
  readonly syncLatestRun: SyncLatestRun;
  readonly executions: WorkflowExecutions;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly newRunToken: () => string;
  readonly pricing: RunPricing;
  readonly settings: ReadSettings;
  readonly launchPause: Pick<LaunchPause, 'requireAllowed'>;
  readonly commitRun: CommitRun;
}

interface Planned {
  readonly runToken: string;
  readonly parameters: Parameters | null;
  readonly ofNow: CurrentSettings;
}

const requireRunnable = (job: SparkJob, now: string): void => {
  if (!job.isEnabled) throw new Conflict('The job is disabled. Enable it first.');
  if (job.expiredAt !== null || isPastEnd(job, now))
    throw new Conflict('The job has expired. Move its end date to the future first.');
  if (!isRunnable(job))
    throw new Conflict('The latest run has not finished. Terminate it, or wait until it has finished.');
};

/** The job without the claim, unless an execution has taken it or the schedule was edited meanwhile. */
const withoutClaim = (claimed: SparkJob, before: SparkJob, run: Run, now: string): SparkJob =>
  claimed.latestRun?.id === run.id && claimed.latestRun.claimedBy === null && isUnlaunched(claimed.latestRun.workload)
    ? {
        ...claimed,
        latestRun: before.latestRun,
        runCount: before.runCount,
        // The upkeep may have told EventBridge of the moved interval already.
        ...(claimed.scheduleAnchor === run.scheduledAt && {
          scheduleAnchor: before.scheduleAnchor,
          accountedUntil: before.accountedUntil,
          formerSchedules: before.formerSchedules ?? [],
          schedulePendingSince: now,
        }),
      }
    : claimed;

/**
 * Runs a job now. The run is claimed before the workflow is started, so that the response is the run itself. A failed start
 * releases the claim. The run moves the interval, and the workflow updates the schedule.
 * @throws NotFound, Forbidden; LaunchesPaused; BudgetExceeded; Conflict where the job is disabled, past its end or still running; AwsThrottled, AwsFailed
 *   where EMR could not be asked about the latest run or the workflow not be started: nothing was started then
 */
export const runSparkJob = (deps: RunSparkJobDependencies) => {
  const {
    jobs,
    grants,
    history,
    syncLatestRun,
    executions,
    audit,
    clock,
    newRunToken,
    pricing,
    commitRun,
    settings,
    launchPause,
  } = deps;

  const start = async (claimed: SparkJob, before: SparkJob, run: Run, takeBack: TakeBack): Promise<void> => {
    const { id: jobId, identifier } = claimed;
    const { occurrence, parameters } = run;
    try {
      await executions.start(manualExecutionName(run), {
        jobId,
        identifier,
        trigger: 'manual',
        occurrence,
        parameters,
      });
    } catch (error) {
      const left = await jobs.change(identifier, (current) => withoutClaim(current, before, run, clock.now()));
      if (left.latestRun?.id === run.id) return;
      await takeBack();
      throw error;
    }
  };

  const claim = async (known: SparkJob, { runToken, parameters, ofNow }: Planned) => {
    let before = known;
    const claimed = await jobs.change(known.identifier, (current) => {
      const now = clock.now();
      requireRunnable(current, now);
      before = current;
      const request = {
        trigger: 'manual',
        occurrence: now,
        runToken,
        claimedBy: null,
        parameters,
      } as const;
      return claimedForRun(current, request, pricing.terms(ofNow, current), now);
    });
    const run = claimed.latestRun;
    if (run === null) throw new NotFound('run', known.identifier);
    return { claimed, before, run };
  };

  return async ({ identifier, parameters }: RouteInput<Routes['runSparkJob']>, person: Caller): Promise<RunView> => {
    const { job: known } = await permittedSparkJob({ jobs, grants }, identifier, person, 'run');
    const synced = await syncLatestRun(known);
    requireRunnable(synced, clock.now());
    await launchPause.requireAllowed();
    const { owner, engine, size, emrRelease } = synced;
    const object = { kind: 'spark-job', id: identifier } as const;
    const detail = { owner, engine, size, emrRelease, parameters: parameterNames(parameters) };
    await audit.record(actOf(person, { action: 'spark-job.run', object, detail }, clock.now()));
    // The claim takes the place of the run before, whose end a crash may have kept from its history.
    if (synced.latestRun !== null && isFinalRun(synced.latestRun)) await history.record(synced.latestRun);
    const ofNow = await settings();
    const runToken = newRunToken();
    const { rate } = pricing.terms(ofNow, synced);
    const takeBack = await commitRun(synced, { runToken, rate, now: clock.now() }).catch((error: unknown) =>
      auditedRefusal({ audit, clock })(error, person, { action: 'spark-job.refuse-run', object }),
    );
    const planned = { runToken, parameters: parameters ?? null, ofNow };
    const { claimed, before, run } = await claim(synced, planned).catch(async (error: unknown) => {
      await takeBackUnlessClaimed(jobs, { identifier, runToken, takeBack });
      throw error;
    });
    await start(claimed, before, run, takeBack);
    await history.record(run);
    return runToView(run);
  };
};

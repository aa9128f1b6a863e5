import { unaccountedOccurrences, type FormerSchedule } from '../../shared/domain/former-schedule.ts';
import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import {
  accountedUpTo,
  DELIVERY_GRACE_MINUTES,
  missedOf,
  missedRun,
  standsForOccurrence,
} from '../../shared/domain/occurrences.ts';
import type { MissedReason } from '../../shared/domain/run-reasons.ts';
import { isRunnable, type SparkJob } from '../../shared/domain/spark-job.ts';
import { recoveryExecutionName } from '../ports/execution-name.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { WorkflowExecutions } from '../ports/workflow-executions.ts';
import type { RecordMissedOccurrence } from '../run-workflow/record-missed-occurrence.ts';
import type { Clock } from '../runtime/clock.ts';

interface CatchUpOccurrencesDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly executions: WorkflowExecutions;
  readonly recordMissedOccurrence: RecordMissedOccurrence;
  readonly clock: Clock;
}

export type CatchUpOccurrences = (job: SparkJob) => Promise<void>;

/**
 * Processes every occurrence after the job's watermark, and those that schedules before this one left open, and moves the
 * watermark past those that have a run or a recorded reason. Undelivered occurrences are due to a crash, an outage of Scheduler
 * or a lost execution. The newest is started late; older ones are recorded as missed. While a run is active, occurrences may be
 * waiting for it: only those that a later one has overtaken are recorded, since none of them can run any more.
 * @throws AwsThrottled, AwsFailed; harmless to repeat
 */
export const catchUpOccurrences = (deps: CatchUpOccurrencesDependencies): CatchUpOccurrences => {
  const { jobs, history, executions, recordMissedOccurrence, clock } = deps;

  /** Whether the occurrence has a run or a reason in the history, after copying what the item alone has. */
  const isOnRecord = async (job: SparkJob, occurrence: Instant): Promise<boolean> => {
    if (job.latestRun !== null && standsForOccurrence(job.latestRun, occurrence)) {
      await history.record(job.latestRun);
      return true;
    }
    if ((await history.findByOccurrence(job.id, occurrence)) !== null) return true;
    const missed = missedOf(job, occurrence);
    if (missed !== null) await history.record(missedRun(job, missed));
    return missed !== null;
  };

  const recordMiss = async (job: SparkJob, occurrence: Instant, reason: MissedReason): Promise<void> => {
    if (await isOnRecord(job, occurrence)) return;
    await recordMissedOccurrence(job, { trigger: 'schedule', occurrence }, reason);
  };

  /** Those of the former schedules whose occurrences all have a run or a reason now. */
  const settledFormer = async (
    job: SparkJob,
    until: Instant,
    isOpen: (occurrence: Instant) => boolean,
    reason: MissedReason,
  ) => {
    const settled: FormerSchedule[] = [];
    for (const former of job.formerSchedules ?? []) {
      if (former.until > until || isOpen(former.until)) continue;
      for (let left = unaccountedOccurrences(former, former.until); left.length > 0;) {
        for (const occurrence of left) await recordMiss(job, occurrence, reason);
        left = unaccountedOccurrences({ ...former, accountedUntil: left.at(-1) ?? former.until }, former.until);
      }
      settled.push(former);
    }
    return settled;
  };

  const startLate = ({ id: jobId, identifier }: SparkJob, occurrence: Instant): Promise<void> =>
    executions.start(recoveryExecutionName(jobId, occurrence, clock.now()), {
      jobId,
      identifier,
      trigger: 'schedule',
      occurrence,
      parameters: null,
    });

  return async (job) => {
    const until = plusMinutes(clock.now(), -DELIVERY_GRACE_MINUTES);
    const { lastOccurrence } = job;
    const lastEnd = job.latestRun?.workload.finishedAt ?? null;
    const isBusy = !isRunnable(job) || (lastEnd !== null && lastEnd > until);
    /** It may wait for the run. */
    const isOpen = (occurrence: Instant): boolean =>
      isBusy && (lastOccurrence === null || occurrence >= lastOccurrence);
    const reason = isBusy ? 'superseded' : 'undelivered';
    const settled = await settledFormer(job, until, isOpen, reason);
    const overdue = unaccountedOccurrences(job, until);
    let accounted = job.accountedUntil;
    for (const occurrence of overdue) {
      if (isOpen(occurrence)) break;
      if (!isBusy && occurrence === overdue.at(-1) && !(await isOnRecord(job, occurrence))) {
        await startLate(job, occurrence);
        break;
      }
      await recordMiss(job, occurrence, reason);
      accounted = occurrence;
    }
    await jobs.change(job.identifier, (current) =>
      current.id === job.id ? accountedUpTo(current, accounted, settled) : current,
    );
  };
};

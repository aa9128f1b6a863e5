import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import {
  accountedUpTo,
  DELIVERY_GRACE_MINUTES,
  missedOf,
  missedRun,
  standsForOccurrence,
  unaccountedOccurrences,
} from '../../shared/domain/occurrences.ts';
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
 * Processes every occurrence after the job's watermark, and moves the watermark past those that have a run or a recorded
 * reason. Undelivered occurrences are due to a crash, an outage of Scheduler or a lost execution. The
 * newest is started late; older ones are recorded as missed. While a run is active, occurrences may be
 * waiting for it and are left alone.
 * @throws AwsThrottled, AwsFailed; harmless to repeat
 */
export const catchUpOccurrences = (deps: CatchUpOccurrencesDependencies): CatchUpOccurrences => {
  const { jobs, history, executions, recordMissedOccurrence, clock } = deps;

  /** Whether the occurrence has a run or a reason in the history, after copying a reason that the item alone has. */
  const isOnRecord = async (job: SparkJob, occurrence: Instant): Promise<boolean> => {
    const missed = missedOf(job, occurrence);
    if (missed !== null) await history.record(missedRun(job, missed));
    else if (job.latestRun !== null && standsForOccurrence(job.latestRun, occurrence))
      await history.record(job.latestRun);
    else return (await history.findByOccurrence(job.id, occurrence)) !== null;
    return true;
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
    const lastEnd = job.latestRun?.workload.finishedAt ?? null;
    if (!isRunnable(job) || (lastEnd !== null && lastEnd > until)) return;
    const overdue = unaccountedOccurrences(job, until);
    let accounted = job.accountedUntil;
    for (const occurrence of overdue) {
      if (!(await isOnRecord(job, occurrence))) {
        if (occurrence === overdue.at(-1)) {
          await startLate(job, occurrence);
          break;
        }
        await recordMissedOccurrence(job, { trigger: 'schedule', occurrence }, 'undelivered');
      }
      accounted = occurrence;
    }
    await jobs.change(job.identifier, (current) =>
      current.id === job.id ? accountedUpTo(current, accounted) : current,
    );
  };
};

import { plusMinutes } from '../../shared/domain/instant.ts';
import { unaccountedOccurrences } from '../../shared/domain/occurrences.ts';
import { isRunnable, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { RunRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { recoveryExecutionName } from '../ports/execution-name.ts';
import type { RecordMissedOccurrence } from '../run-workflow/record-missed-occurrence.ts';
import type { WorkflowExecutions } from '../ports/workflow-executions.ts';

interface CatchUpOccurrencesDependencies {
  readonly history: RunRepository;
  readonly executions: WorkflowExecutions;
  readonly recordMissedOccurrence: RecordMissedOccurrence;
  readonly clock: Clock;
}

export type CatchUpOccurrences = (job: SparkJob) => Promise<void>;

/** Longer than Scheduler's precision and its first retries, and than a waiting execution's 10 minutes together. */
const GRACE_MINUTES = 20;

/**
 * Finds occurrences that nobody delivered: of a start lost in a crash, an outage of Scheduler, an execution that is gone.
 * The newest is started late rather than never; older ones are recorded as missed. While a run goes on, occurrences
 * may be waiting for it and are left alone.
 * @throws AwsThrottled, AwsFailed; harmless to repeat
 */
export const catchUpOccurrences =
  ({ history, executions, recordMissedOccurrence, clock }: CatchUpOccurrencesDependencies): CatchUpOccurrences =>
  async (job) => {
    const until = plusMinutes(clock.now(), -GRACE_MINUTES);
    const lastEnd = job.latestRun?.workload.finishedAt ?? null;
    if (!isRunnable(job) || (lastEnd !== null && lastEnd > until)) return;
    const overdue = unaccountedOccurrences(job, until);
    for (const occurrence of overdue.slice(0, -1)) {
      await recordMissedOccurrence(job, { trigger: 'schedule', occurrence }, 'undelivered');
    }
    const newest = overdue.at(-1);
    if (newest === undefined || (await history.findByOccurrence(job.id, newest)) !== null) return;
    const { id: jobId, identifier } = job;
    await executions.start(recoveryExecutionName(jobId, newest, clock.now()), {
      jobId,
      identifier,
      trigger: 'schedule',
      occurrence: newest,
      parameters: null,
    });
  };

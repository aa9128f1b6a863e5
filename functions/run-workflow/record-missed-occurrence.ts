import { isRunOf, missedRun, withMissedRun } from '../../shared/domain/occurrences.ts';
import type { MissedReason } from '../../shared/domain/run-reasons.ts';
import type { Run } from '../../shared/domain/run.ts';
import { isOccurrenceClaimed, type RunRequest, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';

interface RecordMissedOccurrenceDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly deliverMails: (job: SparkJob) => Promise<unknown>;
  readonly clock: Clock;
}

export type RecordMissedOccurrence = (
  job: SparkJob,
  wanted: Pick<RunRequest, 'trigger' | 'occurrence'>,
  reason: MissedReason,
) => Promise<void>;

/**
 * Records why an occurrence has no run, unless a run or a reason is on record. The job's item, with its mail, is written
 * first: a crash in between may repeat the mail, never lose it.
 */
export const recordMissedOccurrence =
  ({ jobs, history, deliverMails, clock }: RecordMissedOccurrenceDependencies): RecordMissedOccurrence =>
  async (job, wanted, reason) => {
    if (wanted.trigger === 'manual' || (await history.findByOccurrence(job.id, wanted.occurrence)) !== null) return;
    let record: Run | null = null;
    const changed = await jobs.change(job.identifier, (current) => {
      record = null;
      if (current.id !== job.id) return current;
      if (current.latestRun !== null && isRunOf(current.latestRun, wanted)) return current;
      const now = clock.now();
      record = missedRun(current, wanted, reason, now);
      // Taken, and yet not in the history: somebody else is just recording it, or crashed doing so.
      return isOccurrenceClaimed(current, wanted) && reason !== 'superseded'
        ? current
        : withMissedRun(current, record, now);
    });
    if (record !== null) await history.record(record);
    if (changed.outbox.length > 0) await deliverMails(changed);
  };

import { AwsThrottled } from '../../shared/domain/errors.ts';
import { isAccounted, missedOf, missedRun, withMissed } from '../../shared/domain/occurrences.ts';
import type { MissedReason } from '../../shared/domain/run-reasons.ts';
import type { RunRequest, SparkJob } from '../../shared/domain/spark-job.ts';
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
  detail?: string,
) => Promise<void>;

/**
 * Records why an occurrence has no run, unless a run or a reason is recorded. The job's item holds the record, its count and
 * its mail in one write; the history entry is copied from it, here or by the sweep.
 * @throws AwsThrottled where too many mails of the job wait to be sent
 */
export const recordMissedOccurrence =
  ({ jobs, history, deliverMails, clock }: RecordMissedOccurrenceDependencies): RecordMissedOccurrence =>
  async (job, { trigger, occurrence }, reason, detail) => {
    if (trigger === 'manual' || (await history.findByOccurrence(job.id, occurrence)) !== null) return;
    const changed = await jobs.change(job.identifier, (current) =>
      current.id === job.id ? withMissed(current, occurrence, reason, clock.now(), detail) : current,
    );
    const missed = changed.id === job.id ? missedOf(changed, occurrence) : null;
    if (missed !== null) await history.record(missedRun(changed, missed));
    if (changed.outbox.length > 0) await deliverMails(changed);
    if (changed.id === job.id && !isAccounted(changed, occurrence))
      throw new AwsThrottled('Many mails of the job wait to be sent. The missed occurrence is recorded later.');
  };

import { expired, isPastEnd, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { Clock } from '../runtime/clock.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';

interface MarkExpiredDependencies {
  readonly jobs: SparkJobRepository;
  readonly deliverMails: (job: SparkJob) => Promise<unknown>;
  readonly clock: Clock;
}

export type MarkExpired = (job: SparkJob) => Promise<SparkJob>;

/**
 * Marks a job past its end, whose schedule is removed, and mails its owner, once for each end. Where the end was moved
 * while the schedule was being removed, the job says instead that its schedule is to be written again.
 * @throws NotFound
 */
export const markExpired =
  ({ jobs, deliverMails, clock }: MarkExpiredDependencies): MarkExpired =>
  async (job) => {
    const marked = await jobs.change(job.identifier, (current) => {
      const now = clock.now();
      if (current.id !== job.id) return current;
      return isPastEnd(current, now) ? expired(current, now) : { ...current, schedulePendingSince: now };
    });
    if (marked.outbox.length > 0) await deliverMails(marked);
    return marked;
  };

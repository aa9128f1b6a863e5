import type { AuditedAct } from '../../shared/domain/audit.ts';
import { expired, isPastEnd, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { Clock } from '../runtime/clock.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';

interface MarkExpiredDependencies {
  readonly jobs: SparkJobRepository;
  readonly deliverMails: (job: SparkJob) => Promise<unknown>;
  readonly clock: Clock;
}

/** To be recorded before the schedule is removed, with which the expiry begins. */
export const expiryOf = ({ identifier, owner, endDate }: SparkJob): AuditedAct => ({
  action: 'spark-job.expire',
  object: { kind: 'spark-job', id: identifier },
  detail: { owner, endDate },
});

export type MarkExpired = (job: SparkJob) => Promise<SparkJob>;

/**
 * Removes the schedule of a job that has reached its end, marks it as expired and mails its owner, once for each end. If the end was moved
 * meanwhile, the schedule is marked to be written again instead.
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

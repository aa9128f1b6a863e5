import { isPastEnd, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { JobSchedules } from '../ports/job-schedules.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep } from '../runtime/sweep.ts';
import { expiryOf, type MarkExpired } from '../jobs/mark-expired.ts';

interface ExpireJobsDependencies {
  readonly schedules: Pick<JobSchedules, 'remove'>;
  readonly markExpired: MarkExpired;
  readonly acts: Pick<OwnActs, 'record'>;
  readonly clock: Clock;
}

/** Expires those of the due jobs that are past their end. @throws SweepFailed */
export const expireJobs =
  ({ schedules, markExpired: mark, acts, clock }: ExpireJobsDependencies) =>
  (due: readonly SparkJob[]): Promise<number> =>
    sweep({
      what: 'expire a job',
      items: due.filter((job) => job.expiredAt === null && isPastEnd(job, clock.now())),
      evidence: ({ identifier }) => ({ job: identifier }),
      act: async (job) => {
        await acts.record(expiryOf(job));
        await schedules.remove(job);
        await mark(job);
      },
    });

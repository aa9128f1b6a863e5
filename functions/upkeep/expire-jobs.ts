import { isPastEnd } from '../../shared/domain/spark-job.ts';
import type { JobSchedules } from '../ports/job-schedules.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';
import type { MarkExpired } from '../jobs/mark-expired.ts';

interface ExpireJobsDependencies {
  readonly jobs: SparkJobRepository;
  readonly schedules: Pick<JobSchedules, 'remove'>;
  readonly markExpired: MarkExpired;
  readonly clock: Clock;
}

/** Expires every job past its end. @throws SweepFailed */
export const expireJobs =
  ({ jobs, schedules, markExpired: mark, clock }: ExpireJobsDependencies): Task =>
  async () =>
    sweep({
      what: 'expire a job',
      items: (await jobs.dueForUpkeep(clock.now())).filter(
        (job) => job.expiredAt === null && isPastEnd(job, clock.now()),
      ),
      evidence: ({ identifier }) => ({ job: identifier }),
      act: async (job) => {
        await schedules.remove(job);
        await mark(job);
      },
    });

import { nextOccurrence } from '../../shared/domain/occurrences.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { JobSchedules } from '../ports/job-schedules.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import { inTurn, sweep, type Task } from '../runtime/sweep.ts';
import { everyJob } from './every-job.ts';

interface CompareSchedulesDependencies {
  readonly jobs: SparkJobRepository;
  readonly schedules: Pick<JobSchedules, 'scheduledJobs' | 'remove'>;
  readonly clock: Clock;
}

/**
 * Compares all schedules with all jobs. A schedule without a job is removed; a job whose schedule is gone, as after the
 * stack was destroyed and deployed again, gets a new one within a minute. Schedules are listed first: a job always
 * exists before its schedule.
 */
export const compareSchedules =
  ({ jobs, schedules, clock }: CompareSchedulesDependencies): Task =>
  async () => {
    const scheduled = await schedules.scheduledJobs();
    const all = await everyJob(jobs);
    const known = new Set(all.map(({ id }) => id));
    const lacksSchedule = (job: SparkJob): boolean =>
      !scheduled.has(job.id) && nextOccurrence(job, clock.now()) !== null;
    return inTurn({
      removeOrphans: () =>
        sweep({
          what: 'remove the schedule of a job that is gone',
          items: [...scheduled].filter((id) => !known.has(id)),
          evidence: (id) => ({ jobId: id }),
          act: async (id) => {
            logger.warn('A schedule without a job is removed', { jobId: id });
            await schedules.remove({ id });
          },
        }),
      restoreSchedules: () =>
        sweep({
          what: 'note that the schedule of a job is missing',
          items: all.filter(lacksSchedule),
          evidence: ({ identifier }) => ({ job: identifier }),
          act: ({ id, identifier }) =>
            jobs.change(identifier, (current) =>
              current.id === id && current.schedulePendingSince === null
                ? { ...current, schedulePendingSince: clock.now() }
                : current,
            ),
        }),
    })();
  };

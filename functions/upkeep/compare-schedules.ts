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
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** By which the index of jobs may lag behind. */
const INDEX_LAG_MS = 60_000;

/**
 * Compares all schedules with all jobs. A schedule without a job is removed; a job whose schedule is gone, as after the
 * stack was destroyed and deployed again, gets a new one within a minute. Schedules are listed first: a job always
 * exists before its schedule. The list of jobs is an index, so that a job of the last minute may be missing in it: what seems
 * to have no job is compared once more after that minute.
 */
export const compareSchedules =
  ({ jobs, schedules, clock, pause }: CompareSchedulesDependencies): Task =>
  async () => {
    const scheduled = await schedules.scheduledJobs();
    const all = await everyJob(jobs);
    const withoutJob = (known: readonly SparkJob[]): readonly string[] => {
      const ids = new Set(known.map(({ id }) => id));
      return [...scheduled].filter((id) => !ids.has(id));
    };
    const orphans = async (): Promise<readonly string[]> => {
      if (withoutJob(all).length === 0) return [];
      await pause(INDEX_LAG_MS);
      return withoutJob([...all, ...(await everyJob(jobs))]);
    };
    const lacksSchedule = (job: SparkJob): boolean =>
      !scheduled.has(job.id) && nextOccurrence(job, clock.now()) !== null;
    return inTurn({
      removeOrphans: async () =>
        sweep({
          what: 'remove the schedule of a job that is gone',
          items: await orphans(),
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

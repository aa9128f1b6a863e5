import { AwsFailed, AwsThrottled, NotFound, StaleWrite } from '../../shared/domain/errors.ts';
import { nextOccurrence } from '../../shared/domain/occurrences.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { JobSchedules } from '../ports/job-schedules.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';

export interface PutScheduleDependencies {
  readonly jobs: SparkJobRepository;
  readonly schedules: JobSchedules;
  readonly clock: Clock;
}

export type PutSchedule = (job: SparkJob) => Promise<SparkJob>;

/**
 * Writes the job's schedule to EventBridge and records that in the job. If another writer changed the job meanwhile, the order
 * of the two AWS calls is unknown, so the schedule is marked to be written again.
 * @throws AwsThrottled, AwsFailed where AWS does not take it; StaleWrite; NotFound where the job is gone, and its schedule with it
 */
export const writeSchedule =
  ({ jobs, schedules, clock }: PutScheduleDependencies): PutSchedule =>
  async (job) => {
    const next = nextOccurrence(job, clock.now());
    try {
      await (next === null ? schedules.remove(job) : schedules.put(job, next)).catch(async (error: unknown) => {
        // The call may have taken effect. If the job was deleted meanwhile, nothing else would remove the schedule.
        await jobs.get(job.identifier);
        throw error;
      });
      return await jobs.change(job.identifier, (current) => {
        if (current.id !== job.id) return current;
        if (current.schedulePendingSince === job.schedulePendingSince)
          return { ...current, schedulePendingSince: null };
        return { ...current, schedulePendingSince: current.schedulePendingSince ?? clock.now() };
      });
    } catch (error) {
      // The job was deleted meanwhile, so its schedule must not come back.
      if (error instanceof NotFound) await schedules.remove(job);
      throw error;
    }
  };

/** Transient errors. They leave the schedule marked as pending. */
const isLeftToUpkeep = (error: unknown): boolean =>
  error instanceof AwsThrottled || error instanceof AwsFailed || error instanceof StaleWrite;

/** As `writeSchedule`, but leaves failures to the upkeep: the job is stored, and the person need not try again. */
export const putSchedule = (deps: PutScheduleDependencies): PutSchedule => {
  const write = writeSchedule(deps);
  return async (job) => {
    try {
      return await write(job);
    } catch (error) {
      if (!isLeftToUpkeep(error)) throw error;
      logger.error('A schedule could not be written; the upkeep will write it', { job: job.identifier, error });
      return job;
    }
  };
};

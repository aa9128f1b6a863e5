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
 * Makes EventBridge's schedule what the job says, and notes that in the job. Whoever wrote another one meanwhile may have been
 * overtaken on the way to AWS: nobody knows which of the two it took last, so the job's is to be written once more.
 * @throws AwsThrottled, AwsFailed where AWS does not take it; StaleWrite; NotFound where the job is gone, and its schedule with it
 */
export const writeSchedule =
  ({ jobs, schedules, clock }: PutScheduleDependencies): PutSchedule =>
  async (job) => {
    const next = nextOccurrence(job, clock.now());
    try {
      await (next === null ? schedules.remove(job) : schedules.put(job, next)).catch(async (error: unknown) => {
        // It may have taken effect all the same; where the job was deleted meanwhile nobody else would remove it.
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
      // Deleted meanwhile: its schedule must not come back.
      if (error instanceof NotFound) await schedules.remove(job);
      throw error;
    }
  };

/** What may pass with time, and leaves the job saying that its schedule is still to be written. */
const isLeftToUpkeep = (error: unknown): boolean =>
  error instanceof AwsThrottled || error instanceof AwsFailed || error instanceof StaleWrite;

/** As `writeSchedule`; what fails is left to the upkeep: the job is stored, and nobody has to try again. */
export const putSchedule = (deps: PutScheduleDependencies): PutSchedule => {
  const write = writeSchedule(deps);
  return async (job) => {
    try {
      return await write(job);
    } catch (error) {
      if (!isLeftToUpkeep(error)) throw error;
      logger.error('A schedule could not be written; the upkeep writes it', { job: job.identifier, error });
      return job;
    }
  };
};

import { AwsFailed, AwsThrottled, NotFound } from '../../shared/domain/errors.ts';
import { nextOccurrence } from '../../shared/domain/occurrences.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { JobSchedules } from './job-schedules.ts';
import type { SparkJobRepository } from './spark-job-repository.ts';

export interface PutScheduleDependencies {
  readonly jobs: SparkJobRepository;
  readonly schedules: JobSchedules;
  readonly clock: Clock;
}

export type PutSchedule = (job: SparkJob) => Promise<SparkJob>;

/**
 * Makes EventBridge's schedule what the job says, and notes that in the job. Where AWS does not take it, the note stays
 * and the upkeep does it: the job is stored, and nobody has to try again.
 */
export const putSchedule =
  ({ jobs, schedules, clock }: PutScheduleDependencies): PutSchedule =>
  async (job) => {
    const next = nextOccurrence(job, clock.now());
    try {
      await (next === null ? schedules.remove(job) : schedules.put(job, next));
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.error('A schedule could not be written; the upkeep writes it', { job: job.identifier, error });
      return job;
    }
    try {
      return await jobs.change(job.identifier, (current) =>
        current.id === job.id && current.schedulePendingSince === job.schedulePendingSince
          ? { ...current, schedulePendingSince: null }
          : current,
      );
    } catch (error) {
      // Deleted meanwhile: its schedule must not come back.
      if (error instanceof NotFound) await schedules.remove(job);
      throw error;
    }
  };

/** Upkeep: writes the schedules that a crash or a failing AWS kept from being written. */
export const putPendingSchedules =
  ({ jobs, putSchedule: put }: { readonly jobs: SparkJobRepository; readonly putSchedule: PutSchedule }) =>
  async (): Promise<void> => {
    for (const job of await jobs.withPendingSchedule()) {
      await put(job).catch((error: unknown) =>
        logger.error('A pending schedule could not be written', { job: job.identifier, error }),
      );
    }
  };

import type { JobState, RunJobRequest } from '../../shared/contract/run-job.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import type { PutSchedule } from '../jobs/put-schedule.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { jobState } from './job-state.ts';
import { requestedJob } from './requested-job.ts';

interface GetJobDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly putSchedule: PutSchedule;
  readonly clock: Clock;
}

/**
 * A manual run moves the interval, and its workflow is the first that can tell EventBridge; so can that of any
 * occurrence whose schedule is still to be written. A run that is final is written to its history once more: a crash may have kept it from
 * there, and the next claim takes its place in the item.
 * @throws NotFound if the job was deleted
 */
export const getJob =
  ({ jobs, history, putSchedule, clock }: GetJobDependencies) =>
  async ({ request }: { readonly request: RunJobRequest }): Promise<JobState> => {
    const job = await requestedJob(jobs, request);
    if (job.latestRun !== null && isFinalRun(job.latestRun)) await history.record(job.latestRun);
    const scheduled = job.schedulePendingSince === null ? job : await putSchedule(job);
    return jobState(scheduled, request, clock.now());
  };

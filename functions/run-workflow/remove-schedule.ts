import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import { isPastEnd } from '../../shared/domain/spark-job.ts';
import type { JobSchedules } from '../ports/job-schedules.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { requestedJob } from './requested-job.ts';

interface RemoveScheduleDependencies {
  readonly jobs: SparkJobRepository;
  readonly schedules: Pick<JobSchedules, 'remove'>;
  readonly clock: Clock;
}

/** Removes the schedule of a job past its end, unless the end was moved meanwhile. @throws NotFound, AwsThrottled, AwsFailed */
export const removeSchedule =
  ({ jobs, schedules, clock }: RemoveScheduleDependencies) =>
  async ({ request }: { readonly request: RunJobRequest }): Promise<Record<string, never>> => {
    const job = await requestedJob(jobs, request);
    if (isPastEnd(job, clock.now())) await schedules.remove(job);
    return {};
  };

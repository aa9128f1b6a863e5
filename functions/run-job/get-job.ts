import type { JobState, RunJobRequest } from '../../shared/contract/run-job.ts';
import type { SparkJobRepository } from '../jobs/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { jobState } from './job-state.ts';
import { requestedJob } from './requested-job.ts';

/** @throws NotFound where the job was deleted */
export const getJob =
  ({ jobs, clock }: { readonly jobs: SparkJobRepository; readonly clock: Clock }) =>
  async ({ request }: { readonly request: RunJobRequest }): Promise<JobState> =>
    jobState(await requestedJob(jobs, request), request, clock.now());

import type { JobState, RunJobRequest } from '../../shared/contract/run-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { SyncLatestRun } from '../runs/sync-latest-run.ts';
import type { Clock } from '../runtime/clock.ts';
import { jobState } from './job-state.ts';
import { requestedJob } from './requested-job.ts';

interface SyncRunDependencies {
  readonly jobs: SparkJobRepository;
  readonly syncLatestRun: SyncLatestRun;
  readonly clock: Clock;
}

/** @throws NotFound; AwsThrottled, AwsFailed where EMR cannot be asked */
export const syncRun =
  ({ jobs, syncLatestRun, clock }: SyncRunDependencies) =>
  async ({ request }: { readonly request: RunJobRequest }): Promise<JobState> =>
    jobState(await syncLatestRun(await requestedJob(jobs, request)), request, clock.now());

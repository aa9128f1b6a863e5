import type { JobState, RunJobRequest } from '../../shared/contract/run-job.ts';
import type { PutSchedule } from '../jobs/put-schedule.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { SyncLatestRun } from '../runs/sync-latest-run.ts';
import type { Clock } from '../runtime/clock.ts';
import { jobState } from './job-state.ts';
import { requestedJob } from './requested-job.ts';

interface GetJobDependencies {
  readonly jobs: SparkJobRepository;
  readonly putSchedule: PutSchedule;
  readonly syncLatestRun: SyncLatestRun;
  readonly clock: Clock;
}

/**
 * A manual run moves the interval, and its workflow is the first that can tell EventBridge; so can that of any
 * occurrence whose schedule is still to be written. EMR is asked about a run that is not final: its event may be late or lost.
 * @throws NotFound if the job was deleted; AwsThrottled, AwsFailed where EMR cannot be asked
 */
export const getJob =
  ({ jobs, putSchedule, syncLatestRun, clock }: GetJobDependencies) =>
  async ({ request }: { readonly request: RunJobRequest }): Promise<JobState> => {
    const job = await requestedJob(jobs, request);
    const scheduled = job.schedulePendingSince === null ? job : await putSchedule(job);
    return jobState(await syncLatestRun(scheduled), request, clock.now());
  };

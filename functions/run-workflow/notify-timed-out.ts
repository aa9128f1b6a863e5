import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { RecordTimeout } from '../runs/time-out-run.ts';
import { requestedJob } from './requested-job.ts';

interface NotifyTimedOutDependencies {
  readonly jobs: SparkJobRepository;
  readonly recordTimeout: RecordTimeout;
}

/** Records the time-out and mails the owner, once. @throws NotFound */
export const notifyTimedOut =
  ({ jobs, recordTimeout }: NotifyTimedOutDependencies) =>
  async ({
    request,
    runId,
  }: {
    readonly request: RunJobRequest;
    readonly runId: string;
  }): Promise<Record<string, never>> => {
    await recordTimeout(await requestedJob(jobs, request), runId);
    return {};
  };

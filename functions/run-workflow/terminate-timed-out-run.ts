import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { TimeOutRun } from '../runs/time-out-run.ts';
import { requestedJob } from './requested-job.ts';

interface TerminateTimedOutRunDependencies {
  readonly jobs: SparkJobRepository;
  readonly timeOutRun: TimeOutRun;
}

/** Terminates a run whose time is over, and records that where notifying could not. @throws NotFound, AwsThrottled, AwsFailed */
export const terminateTimedOutRun =
  ({ jobs, timeOutRun }: TerminateTimedOutRunDependencies) =>
  async ({
    request,
    runId,
  }: {
    readonly request: RunJobRequest;
    readonly runId: string;
  }): Promise<Record<string, never>> => {
    await timeOutRun(await requestedJob(jobs, request), runId);
    return {};
  };

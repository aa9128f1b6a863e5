import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import { withLatestRun } from '../../shared/domain/spark-job.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { requestedJob } from './requested-job.ts';
import type { WorkflowExecutions } from '../ports/workflow-executions.ts';

interface AwaitOutcomeDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly executions: WorkflowExecutions;
  readonly clock: Clock;
}

interface AwaitOutcomeInput {
  readonly request: RunJobRequest;
  readonly runId: string;
  readonly taskToken: string;
}

/** Stores the task token for the end of the run. If the run has already ended, completes the wait at once. */
export const awaitOutcome =
  ({ jobs, history, executions, clock }: AwaitOutcomeDependencies) =>
  async ({ request, runId, taskToken }: AwaitOutcomeInput): Promise<Record<string, never>> => {
    const { id } = await requestedJob(jobs, request);
    const job = await jobs.change(request.identifier, (current) =>
      current.id === id
        ? withLatestRun(current, runId, (run) => (isFinalRun(run) ? run : { ...run, taskToken }), clock.now())
        : current,
    );
    const run = job.latestRun?.id === runId ? job.latestRun : await history.get(id, runId);
    if (run.outcome !== null) await executions.completeWait(taskToken, { runId, outcome: run.outcome });
    return {};
  };

import type { AwaitedOutcome, RunJobRequest } from '../../shared/contract/run-job.ts';
import { StaleWrite } from '../../shared/domain/errors.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { RunRepository, SparkJobRepository } from '../jobs/spark-job-repository.ts';
import { requestedJob } from './requested-job.ts';

interface RecordOutcomeDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly deliverMails: (job: SparkJob) => Promise<unknown>;
}

/**
 * Makes sure that the history and the owner know the outcome. A cluster on its way down ends as its termination says.
 * @throws NotFound; StaleWrite where nobody knows of an end yet
 */
export const recordOutcome =
  ({ jobs, history, deliverMails }: RecordOutcomeDependencies) =>
  async ({ request, runId }: { readonly request: RunJobRequest; readonly runId: string }): Promise<AwaitedOutcome> => {
    const job = await requestedJob(jobs, request);
    const run = job.latestRun?.id === runId ? job.latestRun : await history.get(job.id, runId);
    await history.record(run);
    if (job.pendingMails.length > 0) await deliverMails(job);
    if (run.outcome !== null) return { runId, outcome: run.outcome };
    if (run.termination === null) throw new StaleWrite('The run has not ended yet.', { runId });
    return { runId, outcome: run.termination.reason === 'timedOut' ? 'timedOut' : 'cancelled' };
  };

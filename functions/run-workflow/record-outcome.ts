import type { AwaitedOutcome, RunJobRequest } from '../../shared/contract/run-job.ts';
import { NotFound, StaleWrite } from '../../shared/domain/errors.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';

const orNull = (error: unknown): null => {
  if (error instanceof NotFound) return null;
  throw error;
};

interface RecordOutcomeDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly deliverMails: (job: SparkJob) => Promise<unknown>;
}

const answerOf = (run: Run): AwaitedOutcome => {
  if (run.outcome !== null) return { runId: run.id, outcome: run.outcome };
  const { termination } = run.workload;
  if (termination === null) throw new StaleWrite('The run has not ended yet.', { runId: run.id });
  return { runId: run.id, outcome: termination.reason === 'timedOut' ? 'timedOut' : 'cancelled' };
};

/**
 * Makes sure that the history and the owner know the outcome. A cluster on its way down ends as its termination says,
 * and the run of a deleted job was cancelled with it.
 * @throws StaleWrite if the run is not known to have ended
 */
export const recordOutcome =
  ({ jobs, history, deliverMails }: RecordOutcomeDependencies) =>
  async ({ request, runId }: { readonly request: RunJobRequest; readonly runId: string }): Promise<AwaitedOutcome> => {
    const job = await jobs.get(request.identifier).catch(orNull);
    if (job === null || job.id !== request.jobId) return { runId, outcome: 'cancelled' };
    const run = job.latestRun?.id === runId ? job.latestRun : await history.get(job.id, runId);
    await history.record(run);
    if (job.outbox.length > 0) await deliverMails(job);
    return answerOf(run);
  };

import type { Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { RunRepository } from '../ports/spark-job-repository.ts';
import type { WorkflowExecutions } from '../ports/workflow-executions.ts';
import { logger } from '../runtime/logger.ts';

export interface AnnounceRunEndDependencies {
  readonly history: RunRepository;
  readonly executions: WorkflowExecutions;
  /** Sends what the job owes; what fails stays owed. */
  readonly deliverMails: (job: SparkJob) => Promise<unknown>;
}

/** For functions that may not send mails: what is owed stays so, and the upkeep sends it within a minute. */
export const leaveMailsOwed = async (): Promise<void> => {};

export type AnnounceRunEnd = (job: SparkJob, run: Run) => Promise<void>;

/**
 * Tells everyone concerned that a run is final: its history, the workflow that waits for it, its owner. The job's item
 * says so already, so that a failure here delays only: the wait has its own limit, and mails stay owed.
 */
export const announceRunEnd =
  ({ history, executions, deliverMails }: AnnounceRunEndDependencies): AnnounceRunEnd =>
  async (job, run) => {
    await history.record(run);
    if (run.taskToken !== null && run.outcome !== null) {
      await executions.completeWait(run.taskToken, { runId: run.id, outcome: run.outcome }).catch((error: unknown) => {
        logger.warn('The wait for a run could not be completed; it ends by its own limit', { runId: run.id, error });
      });
    }
    if (job.pendingMails.length > 0) await deliverMails(job);
  };

import { billedDollars } from '../../shared/domain/budget-account.ts';
import { plannedTokenOf, type Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { awaitsDollars } from '../../shared/domain/workload-cost.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { RunRepository } from '../ports/spark-job-repository.ts';
import type { WorkflowExecutions } from '../ports/workflow-executions.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';

/** Sends the mails in a job's outbox; what fails stays there. */
export type DeliverMails = (job: SparkJob) => Promise<unknown>;

export interface PublishRunEndDependencies {
  readonly history: RunRepository;
  readonly executions: WorkflowExecutions;
  readonly deliverMails: DeliverMails;
  readonly budgets: Pick<BudgetCommitments, 'settle'>;
  readonly clock: Clock;
}

/** For functions without permission to send mails: the upkeep sends them from the outbox within a minute. */
export const leaveInOutbox: DeliverMails = async () => {};

export type PublishRunEnd = (job: SparkJob, run: Run) => Promise<void>;

/**
 * Publishes that a run is final: to its history, to its owner's budgets, to the waiting workflow and to its owner. The job's item
 * is already final, so a failure only delays: the wait has its own timeout, and mails stay in the outbox.
 */
export const publishRunEnd =
  ({ history, executions, deliverMails, budgets, clock }: PublishRunEndDependencies): PublishRunEnd =>
  async (job, run) => {
    await history.record(run);
    // Until EMR says what it billed, the run counts as planned; the sweep settles it.
    if (!awaitsDollars(run.workload, clock.now()))
      await budgets.settle(run.ownerId, { kind: 'run', id: plannedTokenOf(run) }, billedDollars(run.workload));
    if (run.taskToken !== null && run.outcome !== null) {
      await executions.completeWait(run.taskToken, { runId: run.id, outcome: run.outcome }).catch((error: unknown) => {
        logger.warn('The wait for a run could not be completed; it ends by its own limit', { runId: run.id, error });
      });
    }
    if (job.outbox.length > 0) await deliverMails(job);
  };

import type { AwaitedOutcome, RunJobRequest } from '../../shared/contract/run-job.ts';

/** The run-job state machine, from outside. */
export interface WorkflowExecutions {
  /** `name` makes a repeated start harmless: up to 80 characters, no colons. */
  start(name: string, request: RunJobRequest): Promise<void>;
  /** Completes the wait for a run's outcome. An expired token is not an error. */
  completeWait(taskToken: string, outcome: AwaitedOutcome): Promise<void>;
}

import type { AwaitedOutcome, RunJobRequest } from '../../shared/contract/run-job.ts';

/** The run-job state machine, from outside. */
export interface WorkflowExecutions {
  /** `name` makes a repeated start harmless: up to 80 characters, no colons. */
  start(name: string, request: RunJobRequest): Promise<void>;
  /** Completes the wait for a run's outcome; a token that is gone (timed out, or from before a restart) is no error. */
  completeWait(taskToken: string, outcome: AwaitedOutcome): Promise<void>;
}

import type { ExecutionOutcome, ExecutionSurroundings } from '../emulation/executions.ts';

/** A job run as its executor sees it. */
export interface ExecutableJobRun {
  readonly id: string;
  readonly releaseLabel: string;
  readonly entryPoint: string;
  readonly arguments: readonly string[];
  readonly sparkSubmitParameters: string;
  readonly executionRoleArn: string;
  /** What the role's rights are narrowed to; JSON. Null: not at all. */
  readonly policy: string | null;
}

/**
 * Runs the drivers of job runs on this machine.
 *
 * The promise must settle soon after `signal` fires, with the process gone: a job run stays CANCELLING until then. After
 * an abort the outcome is ignored. The same job run may be run again from the start when this server was stopped meanwhile.
 */
export interface JobRunExecutor {
  run(jobRun: ExecutableJobRun, surroundings: ExecutionSurroundings): Promise<ExecutionOutcome>;
}

import type { ExecutionOutcome, ExecutionSurroundings } from '../emulation/executions.ts';

/** A step as its executor sees it. `args` are the jar's arguments, the script's own location first for script-runner. */
export interface ExecutableStep {
  readonly id: string;
  readonly name: string;
  readonly jar: string;
  readonly mainClass: string | null;
  readonly args: readonly string[];
  /** Java properties of the step (`HadoopJarStep.Properties`). */
  readonly properties: Readonly<Record<string, string>>;
}

/** What an executor may want to know of the cluster the step runs on. */
export interface ExecutingCluster {
  readonly id: string;
  readonly name: string;
  readonly releaseLabel: string;
  readonly region: string;
  readonly logUri: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Workers and master together, as provisioned. */
  readonly instanceCount: number;
}

/**
 * Runs the steps of clusters on this machine.
 *
 * The promise must settle soon after `signal` fires, with the process gone: a cluster stays TERMINATING until then.
 * After an abort the outcome is ignored. A rejection counts as a failed step, its message goes to stderr. The same
 * step may be run again from the start when this EMR was stopped while it was running.
 */
export interface StepExecutor {
  run(step: ExecutableStep, cluster: ExecutingCluster, surroundings: ExecutionSurroundings): Promise<ExecutionOutcome>;
}

/** Whether a jar is one of EMR's runners, which execute a script or command; any other jar needs a real Hadoop. */
export const isRunnerJar = (jar: string): boolean => /(^|\/)(script|command)-runner\.jar$/.test(jar);

import type { ExecutionOutcome, ExecutionSurroundings } from '../../../local/emulation/executions.ts';
import type { ExecutableStep, ExecutingCluster, StepExecutor } from '../../../local/emr/step-executor.ts';

export interface Execution {
  readonly step: ExecutableStep;
  readonly cluster: ExecutingCluster;
  readonly surroundings: ExecutionSurroundings;
  readonly end: (outcome: ExecutionOutcome) => void;
}

/** An executor whose executions end when the test says so; `obeys` ends them when they are aborted, as they should. */
export const heldExecutor = (obeys = true): { executor: StepExecutor; executions: Execution[] } => {
  const executions: Execution[] = [];
  const executor: StepExecutor = {
    run: (step, cluster, surroundings) =>
      new Promise((resolve) => {
        executions.push({ step, cluster, surroundings, end: resolve });
        if (obeys) surroundings.signal.addEventListener('abort', () => resolve({ executed: true, exitCode: 143 }));
      }),
  };
  return { executor, executions };
};

export const lastOf = (executions: readonly Execution[]): Execution => {
  const last = executions.at(-1);
  if (last === undefined) throw new Error('nothing is being executed');
  return last;
};

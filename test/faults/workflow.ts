import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import type { WorkflowExecutions } from '../../functions/ports/workflow-executions.ts';
import { AwsError } from '../../local/aws-json.ts';
import type { ExecutionStore, StoredExecution } from '../../local/step-functions/execution-store.ts';
import { Executions } from '../../local/step-functions/executions.ts';
import type { Invoke } from './functions.ts';
import type { Random } from './random.ts';

const ARN = 'arn:aws:states:us-west-2:123456789012:stateMachine:run-job';

const storeInMemory = (): ExecutionStore => {
  const executions = new Map<string, StoredExecution>();
  return {
    get: (arn) => executions.get(arn),
    put: (execution) => void executions.set(execution.arn, execution),
    all: () => [...executions.values()],
  };
};

/** The named errors of AWS that mean that nothing is left to do. */
const unless = (act: () => unknown, ...harmless: readonly string[]): void => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof AwsError) || !harmless.includes(error.name)) throw error;
  }
};

/** Step Functions as the local stack has it, with the synthesised definition. */
export const workflowService = (definition: unknown, invoke: Invoke) => {
  const store = storeInMemory();
  const machine = { arn: ARN, name: 'run-job', definition: definition as never };
  const executions = new Executions([machine], store, (_arn, payload) => invoke('run-workflow', payload));
  let unnamed = 0;
  const port: WorkflowExecutions = {
    async start(name, request) {
      unless(() => executions.start(ARN, name, JSON.stringify(request)), 'ExecutionAlreadyExists');
    },
    async completeWait(taskToken, outcome) {
      unless(() => executions.tokens.succeed(taskToken, outcome), 'TaskTimedOut', 'InvalidToken', 'TaskDoesNotExist');
    },
  };
  return {
    port,
    /** As Scheduler starts one: under a name of its own. */
    start: (request: RunJobRequest): void => {
      unnamed += 1;
      executions.start(ARN, `delivery-${unnamed}`, JSON.stringify(request));
    },
    /** An operator stops one that runs, by hand. */
    stopAny: (random: Random): void => {
      const running = store.all().filter(({ status }) => status === 'RUNNING');
      if (running.length > 0) executions.stop(random.pick(running).arn);
    },
    all: () => store.all(),
  };
};

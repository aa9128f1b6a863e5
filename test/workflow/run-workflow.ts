import { StateMachine } from 'aws-local-stepfunctions';
import {
  RUN_JOB_STATES,
  type JobState,
  type ProvisionedRun,
  type RunJobRequest,
} from '../../shared/contract/run-job.ts';
import { synthesised } from '../infra/templates.ts';

export interface StateDefinition {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Retry?: readonly Readonly<Record<string, unknown>>[];
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly Seconds?: number;
  readonly Resource?: string;
}

interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
}

/** The definition as CloudFormation would hand it over, with an example for each reference. */
const deployedDefinition = (): Definition => {
  const machine = Object.values(synthesised().portal.Resources).find(
    ({ Type }) => Type === 'AWS::StepFunctions::StateMachine',
  );
  if (machine === undefined) throw new Error('The portal stack has no state machine.');
  const { 'Fn::Join': join } = machine.Properties['DefinitionString'] as { 'Fn::Join': [string, unknown[]] };
  const text = join[1].map((part) =>
    typeof part === 'string'
      ? part
      : 'Ref' in (part as object)
        ? 'aws'
        : 'arn:aws:lambda:us-west-2:123456789012:function:f',
  );
  return JSON.parse(text.join('')) as Definition;
};

export const definition = deployedDefinition();

export const REQUEST: RunJobRequest = {
  jobId: 'job-1',
  identifier: 'daily-report',
  trigger: 'schedule',
  occurrence: '2026-11-23T06:00:00Z',
  parameters: null,
};

/** An enabled job without runs, whose time has come. */
export const READY_JOB: JobState = {
  hasRun: false,
  runId: '',
  isEnabled: true,
  isRunnable: true,
  hasTimedOut: false,
  due: 'due',
};

export const LAUNCHED: ProvisionedRun = { result: 'launched', runId: 'run-1', timeoutSeconds: 86_400, waitSeconds: 0 };

type StateKey = keyof typeof RUN_JOB_STATES;

/** Answers of one state, in order; the last is repeated. A function may throw. */
type Answers = readonly unknown[];

export interface Call {
  readonly state: StateKey;
  readonly input: unknown;
}

export interface WorkflowRun {
  /** The states that were entered, in order, by their keys. */
  readonly path: readonly StateKey[];
  /** What the tasks were called with, in order. */
  readonly calls: readonly Call[];
  readonly error: Error | null;
}

const KEYS = new Map(Object.entries(RUN_JOB_STATES).map(([key, name]) => [name as string, key as StateKey]));

/** An error as a Lambda reports it: Step Functions sees its name alone. */
export const failure = (name: string) => (): never => {
  throw Object.assign(new Error(`a test's ${name}`), { name });
};

/** What tasks answer where a test says nothing about them. */
const USUAL: Partial<Record<StateKey, Answers>> = {
  getJob: [READY_JOB],
  provisionRun: [LAUNCHED],
  awaitOutcome: [{ runId: 'run-1', outcome: 'succeeded' }],
};

/** Runs the deployed definition with these answers; waits and retries take no time. */
export const runWorkflow = async (answers: Partial<Record<StateKey, Answers>> = {}): Promise<WorkflowRun> => {
  const calls: Call[] = [];
  const tasks = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Task');
  const handlers = tasks.map(([name]) => {
    const state = KEYS.get(name) as StateKey;
    const given = answers[state] ?? USUAL[state] ?? [{}];
    let next = 0;
    const handler = async (input: unknown): Promise<unknown> => {
      calls.push({ state, input });
      const answer = given[Math.min(next++, given.length - 1)];
      return typeof answer === 'function' ? (answer as () => unknown)() : answer;
    };
    return [name, handler] as const;
  });
  const execution = new StateMachine(definition as never).run(REQUEST as never, {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(handlers) as never,
      waitTimeOverrides: { [RUN_JOB_STATES.waitForPreviousRun]: 0, [RUN_JOB_STATES.waitForTurn]: 0 },
      retryIntervalOverrides: Object.fromEntries(tasks.map(([name]) => [name, 0])),
    },
    context: {
      Execution: { Id: 'execution-1', Input: REQUEST as never, Name: 'execution-1', StartTime: '2026-11-23T06:00:01Z' },
      Task: { Token: 'token-1' },
    },
  });
  const path = pathOf(execution.eventLogs);
  const error = await execution.result.then(
    () => null,
    (reason: unknown) => reason as Error,
  );
  return { path: await path, calls, error };
};

type Events = ReturnType<StateMachine['run']>['eventLogs'];

const pathOf = async (events: Events): Promise<StateKey[]> => {
  const path: StateKey[] = [];
  for await (const event of events) {
    if (event.type.endsWith('StateEntered') && 'state' in event) path.push(KEYS.get(event.state.name) as StateKey);
  }
  return path;
};

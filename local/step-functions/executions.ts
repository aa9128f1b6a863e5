import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { ExecutionAbortedError, ExecutionError, ExecutionTimeoutError, StateMachine } from 'aws-local-stepfunctions';

import { AwsError } from '../aws-json.ts';
import type { Invoke } from '../lambda.ts';
import { taskStates, withServiceDefaults, type MachineDefinition } from './definition.ts';
import { checkName, parseInput, type Json } from './execution-input.ts';
import type { ExecutionStore, StoredExecution } from './execution-store.ts';
import { historyEventOf, type HistoryEvent } from './history.ts';
import { runTask } from './tasks.ts';
import { TaskTokens, tokenDispenser, type TokenDispenser } from './task-tokens.ts';

type Running = ReturnType<StateMachine['run']>;

interface LiveExecution {
  readonly history: HistoryEvent[];
  readonly running: Running;
}

/** The executions of the state machines of a deployment. They run in this process and end with it. */
export class Executions {
  readonly tokens = new TaskTokens();
  readonly #machines: ReadonlyMap<string, MachineDefinition & { readonly machine: StateMachine }>;
  readonly #store: ExecutionStore;
  readonly #invoke: Invoke;
  readonly #live = new Map<string, LiveExecution>();

  constructor(machines: readonly MachineDefinition[], store: ExecutionStore, invoke: Invoke) {
    this.#machines = new Map(
      machines.map((machine) => [
        machine.arn,
        // The tests validate the synthesised definition. To do it again takes a quarter of a second of each start.
        {
          ...machine,
          machine: new StateMachine(withServiceDefaults(machine.definition), {
            validationOptions: { noValidate: true },
          }),
        },
      ]),
    );
    this.#store = store;
    this.#invoke = invoke;
  }

  machine(arn: string): MachineDefinition {
    const machine = this.#machines.get(arn);
    if (machine === undefined) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    return machine;
  }

  /** Idempotent by name, as Standard workflows are. @throws AwsError */
  start(machineArn: string, name: string = randomUUID(), inputText = '{}'): StoredExecution {
    const { name: machineName } = this.machine(machineArn);
    checkName(name);
    const input = parseInput(inputText);
    const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const existing = this.#store.get(arn);
    if (existing !== undefined) {
      if (existing.status === 'RUNNING' && isDeepStrictEqual(JSON.parse(existing.input), input)) return existing;
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution: StoredExecution = {
      arn,
      name,
      machineArn,
      input: inputText,
      status: 'RUNNING',
      startedAt: Date.now(),
    };
    this.#store.put(execution);
    void this.#run(execution, machineName, input);
    return execution;
  }

  get(arn: string): StoredExecution {
    const execution = this.#store.get(arn);
    if (execution === undefined) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  /** Newest first. */
  list(machineArn: string): readonly StoredExecution[] {
    this.machine(machineArn);
    return this.#store
      .all()
      .filter((execution) => execution.machineArn === machineArn)
      .toSorted((one, other) => other.startedAt - one.startedAt);
  }

  /** What happened, as far as it happened since this stack was started. */
  history(arn: string): readonly HistoryEvent[] {
    this.get(arn);
    return this.#live.get(arn)?.history ?? [];
  }

  /** @returns when it ended, now or before */
  stop(arn: string, error?: string, cause?: string): number {
    const execution = this.get(arn);
    if (execution.status !== 'RUNNING') return execution.stoppedAt ?? execution.startedAt;
    const stoppedAt = Date.now();
    this.#end(execution, { status: 'ABORTED', stoppedAt, ...(error && { error }), ...(cause && { cause }) });
    this.#live.get(arn)?.running.abort();
    return stoppedAt;
  }

  async #run(execution: StoredExecution, machineName: string, input: Json): Promise<void> {
    const { arn, name, machineArn } = execution;
    const machine = this.#machines.get(machineArn);
    if (machine === undefined) return;
    const dispenser = tokenDispenser();
    const running = machine.machine.run(input, {
      context: {
        Execution: { Id: arn, Name: name },
        StateMachine: { Id: machineArn, Name: machineName },
        Task: dispenser.task,
      },
      overrides: { taskResourceLocalHandlers: this.#taskHandlers(machine, arn, dispenser) },
    });
    const history: HistoryEvent[] = [];
    this.#live.set(arn, { history, running });
    void this.#follow(arn, running, history);
    try {
      this.#end(execution, { status: 'SUCCEEDED', output: JSON.stringify(await running.result) });
    } catch (error) {
      if (!(error instanceof ExecutionAbortedError)) this.#end(execution, failureOf(error));
    }
  }

  #taskHandlers(
    { definition }: MachineDefinition,
    executionArn: string,
    dispenser: TokenDispenser,
  ): Record<string, (input: Json) => Promise<Json>> {
    const handlers: Record<string, (input: Json) => Promise<Json>> = {};
    for (const [stateName, { Resource, HeartbeatSeconds }] of taskStates(definition)) {
      handlers[stateName] = async (input) =>
        (await runTask(Resource, input, {
          invoke: this.#invoke,
          tokens: this.tokens,
          dispenser,
          owner: { executionArn, stateName },
          heartbeatSeconds: HeartbeatSeconds ?? null,
        })) as Json;
    }
    return handlers;
  }

  async #follow(arn: string, running: Running, history: HistoryEvent[]): Promise<void> {
    for await (const log of running.eventLogs) {
      // However the state was left, nobody waits for its token any more.
      if ((log.type === 'StateFailed' || log.type === 'StateExited') && log.state.type === 'Task') {
        this.tokens.forget(arn, log.state.name);
      }
      const event = historyEventOf(log, history.length + 1);
      if (event !== null) history.push(event);
    }
  }

  #end(execution: StoredExecution, ending: Partial<StoredExecution> & Pick<StoredExecution, 'status'>): void {
    if (this.#store.get(execution.arn)?.status !== 'RUNNING') return;
    this.tokens.forget(execution.arn);
    this.#store.put({ ...execution, stoppedAt: Date.now(), ...ending });
  }
}

const failureOf = (error: unknown): Pick<StoredExecution, 'status' | 'error' | 'cause'> => {
  if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT' };
  const cause = error instanceof ExecutionError ? error.cause : error;
  return cause instanceof Error
    ? { status: 'FAILED', error: cause.name, cause: cause.message }
    : { status: 'FAILED', error: 'States.Runtime', cause: String(cause) };
};

import type { StateMachineDefinition } from 'aws-local-stepfunctions';

/** A state machine as the deployment would create it, its references resolved. */
export interface MachineDefinition {
  readonly arn: string;
  readonly name: string;
  readonly definition: StateMachineDefinition;
}

interface TaskState {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly HeartbeatSeconds?: number;
  TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
}

interface AnyState {
  readonly Type: string;
  readonly Branches?: readonly Pick<StateMachineDefinition, 'States'>[];
  readonly Iterator?: Pick<StateMachineDefinition, 'States'>;
  readonly ItemProcessor?: Pick<StateMachineDefinition, 'States'>;
}

/** Every task state by name, also those within parallel branches and maps. */
export const taskStates = ({ States }: Pick<StateMachineDefinition, 'States'>): Map<string, TaskState> => {
  const tasks = new Map<string, TaskState>();
  for (const [name, state] of Object.entries(States) as [string, AnyState][]) {
    if (state.Type === 'Task') tasks.set(name, state as unknown as TaskState);
    const nested = [...(state.Branches ?? []), state.Iterator, state.ItemProcessor];
    for (const part of nested) {
      if (part !== undefined) for (const [inner, task] of taskStates(part)) tasks.set(inner, task);
    }
  }
  return tasks;
};

/** As long as a timer holds: the service waits for over three years, the interpreter, if nothing is said, for a minute. */
const LONGEST_TIMEOUT_SECONDS = 2_147_483;

/** The definition with the service's own default for tasks that name no time-out. */
export const withServiceDefaults = (definition: StateMachineDefinition): StateMachineDefinition => {
  const completed = structuredClone(definition);
  for (const task of taskStates(completed).values()) {
    if (task.TimeoutSecondsPath === undefined) task.TimeoutSeconds ??= LONGEST_TIMEOUT_SECONDS;
  }
  return completed;
};

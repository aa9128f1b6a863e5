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

import type { StateMachine } from 'aws-local-stepfunctions';

type EventLog = ReturnType<StateMachine['run']>['eventLogs'] extends AsyncGenerator<infer Log> ? Log : never;

interface Described {
  readonly type: string;
  readonly [details: `${string}EventDetails`]: unknown;
}

/** An event in the shape of `GetExecutionHistory`. */
export interface HistoryEvent extends Described {
  readonly id: number;
  readonly previousEventId: number;
  /** Seconds since the epoch. */
  readonly timestamp: number;
}

/** The service's event for one of the interpreter's; null where the service reports none. */
export const historyEventOf = (log: EventLog, id: number): HistoryEvent | null => {
  const described = describe(log);
  return described && { id, previousEventId: id - 1, timestamp: log.timestamp / 1000, ...described };
};

const json = (value: unknown): string => JSON.stringify(value ?? null);

const describe = (log: EventLog): Described | null => {
  switch (log.type) {
    case 'ExecutionStarted':
      return { type: log.type, executionStartedEventDetails: { input: json(log.input) } };
    case 'ExecutionSucceeded':
      return { type: log.type, executionSucceededEventDetails: { output: json(log.output) } };
    case 'ExecutionFailed':
      return { type: log.type, executionFailedEventDetails: { error: log.Error, cause: String(log.Cause) } };
    case 'ExecutionAborted':
      return { type: log.type, executionAbortedEventDetails: {} };
    case 'ExecutionTimeout':
      return { type: 'ExecutionTimedOut', executionTimedOutEventDetails: {} };
    case 'StateEntered': {
      const { name, type, input } = log.state;
      return { type: `${type}StateEntered`, stateEnteredEventDetails: { name, input: json(input) } };
    }
    case 'StateExited': {
      const { name, type, output } = log.state;
      return { type: `${type}StateExited`, stateExitedEventDetails: { name, output: json(output) } };
    }
    case 'StateFailed':
      return log.state.type === 'Task'
        ? { type: 'TaskFailed', taskFailedEventDetails: { error: log.Error, cause: String(log.Cause) } }
        : null;
    case 'StateRetried':
    case 'StateCaught':
    case 'MapIterationStarted':
    case 'MapIterationSucceeded':
    case 'MapIterationFailed':
    case 'ParallelBranchStarted':
    case 'ParallelBranchSucceeded':
    case 'ParallelBranchFailed':
      return null;
  }
};

import type { RequestListener } from 'node:http';

import * as z from 'zod';

import { AwsError, awsJsonProtocol } from '../aws-json.ts';
import type { StoredExecution } from './execution-store.ts';
import type { Executions } from './executions.ts';

const StartExecution = z.object({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string().optional(),
});
const ByExecution = z.object({ executionArn: z.string() });
const StopExecution = ByExecution.extend({ error: z.string().optional(), cause: z.string().optional() });
const Page = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() };
const ListExecutions = z.object({
  stateMachineArn: z.string(),
  statusFilter: z.string().optional(),
  ...Page,
});
const History = ByExecution.extend({ reverseOrder: z.boolean().optional(), ...Page });
const ByMachine = z.object({ stateMachineArn: z.string() });
const TaskSuccess = z.object({ taskToken: z.string(), output: z.string() });
const TaskFailure = z.object({ taskToken: z.string(), error: z.string().optional(), cause: z.string().optional() });
const TaskHeartbeat = z.object({ taskToken: z.string() });

/** Step Functions over its own wire protocol. */
export const stepFunctionsApi = (executions: Executions): RequestListener =>
  awsJsonProtocol('1.0', {
    StartExecution(input) {
      const { stateMachineArn, name, input: text } = parsed(StartExecution, input);
      const { arn, startedAt } = executions.start(stateMachineArn, name, text);
      return { executionArn: arn, startDate: startedAt / 1000 };
    },
    StopExecution(input) {
      const { executionArn, error, cause } = parsed(StopExecution, input);
      return { stopDate: executions.stop(executionArn, error, cause) / 1000 };
    },
    DescribeExecution(input) {
      const execution = executions.get(parsed(ByExecution, input).executionArn);
      return { ...summaryOf(execution), input: execution.input, ...outcomeOf(execution) };
    },
    ListExecutions(input) {
      const { stateMachineArn, statusFilter, ...page } = parsed(ListExecutions, input);
      const matching = executions
        .list(stateMachineArn)
        .filter(({ status }) => statusFilter === undefined || status === statusFilter);
      const { items, nextToken } = pageOf(matching, page);
      return { executions: items.map(summaryOf), nextToken };
    },
    GetExecutionHistory(input) {
      const { executionArn, reverseOrder, ...page } = parsed(History, input);
      const events = executions.history(executionArn);
      const { items, nextToken } = pageOf(reverseOrder === true ? events.toReversed() : events, page);
      return { events: items, nextToken };
    },
    DescribeStateMachine(input) {
      const { arn, name, definition } = executions.machine(parsed(ByMachine, input).stateMachineArn);
      return {
        stateMachineArn: arn,
        name,
        type: 'STANDARD',
        status: 'ACTIVE',
        definition: JSON.stringify(definition),
        roleArn: arn.replace(/:states:[^:]*:(\d+):.*/, ':iam::$1:role/local'),
        creationDate: 0,
      };
    },
    SendTaskSuccess(input) {
      const { taskToken, output } = parsed(TaskSuccess, input);
      executions.tokens.succeed(taskToken, parseOutput(output));
    },
    SendTaskFailure(input) {
      const { taskToken, error, cause } = parsed(TaskFailure, input);
      executions.tokens.fail(taskToken, error ?? 'States.TaskFailed', cause ?? '');
    },
    SendTaskHeartbeat(input) {
      executions.tokens.heartbeat(parsed(TaskHeartbeat, input).taskToken);
    },
  });

const parsed = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const { data, error } = schema.safeParse(input);
  if (error) throw new AwsError('ValidationException', z.prettifyError(error));
  return data;
};

const parseOutput = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AwsError('InvalidOutput', `Invalid Output: '${text.slice(0, 100)}'`);
  }
};

const summaryOf = ({ arn, machineArn, name, status, startedAt, stoppedAt }: StoredExecution): object => ({
  executionArn: arn,
  stateMachineArn: machineArn,
  name,
  status,
  startDate: startedAt / 1000,
  ...(stoppedAt !== undefined && { stopDate: stoppedAt / 1000 }),
});

const outcomeOf = ({ output, error, cause }: StoredExecution): object => ({
  ...(output !== undefined && { output }),
  ...(error !== undefined && { error }),
  ...(cause !== undefined && { cause }),
});

interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

const pageOf = <Item>(
  items: readonly Item[],
  { maxResults, nextToken }: PageRequest,
): { items: readonly Item[]; nextToken?: string } => {
  const from = Number(nextToken ?? 0);
  const to = from + (maxResults || 100);
  return { items: items.slice(from, to), ...(to < items.length && { nextToken: String(to) }) };
};

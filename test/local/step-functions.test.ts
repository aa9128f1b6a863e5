import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { FunctionError } from '../../local/lambda.ts';
import { listen, type RunningServer } from '../../local/server.ts';
import { withServiceDefaults } from '../../local/step-functions/definition.ts';
import { openExecutionStore } from '../../local/step-functions/execution-store.ts';
import { Executions } from '../../local/step-functions/executions.ts';
import { stepFunctionsApi } from '../../local/step-functions/step-functions-api.ts';
import { credentials, region } from './client-options.ts';

const machineArn = 'arn:aws:states:us-west-2:123456789012:stateMachine:flow';
const functionArn = 'arn:aws:lambda:us-west-2:123456789012:function:tasks';

const definition: StateMachineDefinition = {
  StartAt: 'Look',
  States: {
    Look: {
      Type: 'Task',
      Resource: functionArn,
      Parameters: { task: 'look', 'request.$': '$$.Execution.Input', 'execution.$': '$$.Execution.Id' },
      ResultPath: '$.seen',
      Retry: [{ ErrorEquals: ['Throttled'], IntervalSeconds: 1, MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['NotFound'], Next: 'Nothing', ResultPath: '$.error' }],
      Next: 'Wait for it',
    },
    Nothing: { Type: 'Succeed' },
    'Wait for it': {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: {
        FunctionName: functionArn,
        Payload: { task: 'wait', 'token.$': '$$.Task.Token', 'timeout.$': '$.timeout' },
      },
      TimeoutSecondsPath: '$.Payload.timeout',
      ResultPath: '$.outcome',
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Too late', ResultPath: '$.error' }],
      End: true,
    },
    'Too late': { Type: 'Fail', Error: 'TooLate', Cause: 'Nobody came.' },
  },
};

describe('the local Step Functions', () => {
  let directory: string;
  let server: RunningServer;
  let client: SFNClient;
  const tasks = vi.fn<(payload: { task: string; token?: string }) => Promise<unknown>>();
  const start = async (): Promise<void> => {
    const executions = new Executions(
      [{ arn: machineArn, name: 'flow', definition }],
      openExecutionStore(path.join(directory, 'executions.ndjson')),
      (arn, payload) => {
        expect(arn).toBe(functionArn);
        return tasks(payload as { task: string });
      },
    );
    server = await listen(http.createServer(stepFunctionsApi(executions)), 0);
    client = new SFNClient({ credentials, region, endpoint: server.url });
  };
  const stop = async (): Promise<void> => {
    client.destroy();
    await server.close();
  };
  const begin = (name: string, input: object = { timeout: 60 }) =>
    client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name, input: JSON.stringify(input) }));
  const described = async (name: string) => {
    const executionArn = `${machineArn.replace('stateMachine', 'execution')}:${name}`;
    return client.send(new DescribeExecutionCommand({ executionArn }));
  };
  const token = async (): Promise<string> => {
    await vi.waitFor(() => expect(tasks.mock.lastCall?.[0].token).toBeTypeOf('string'));
    return tasks.mock.lastCall?.[0].token ?? '';
  };

  beforeEach(async () => {
    tasks.mockReset();
    tasks.mockResolvedValue({ found: true });
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-sfn-'));
    await start();
  });
  afterEach(async () => {
    await stop();
    rmSync(directory, { recursive: true });
  });

  it('runs tasks, and ends a wait by its token', async () => {
    const { executionArn } = await begin('one');
    const taskToken = await token();
    expect(tasks.mock.calls[0]?.[0]).toEqual({ task: 'look', request: { timeout: 60 }, execution: executionArn });
    expect((await described('one')).status).toBe('RUNNING');

    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"run":7}' }));
    await vi.waitFor(async () => expect((await described('one')).status).toBe('SUCCEEDED'));
    expect(JSON.parse((await described('one')).output ?? '')).toEqual({
      timeout: 60,
      seen: { found: true },
      outcome: { run: 7 },
    });
    await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it('takes the token back even before the function that got it has answered', async () => {
    tasks.mockImplementation(async (payload) => {
      if (payload.token !== undefined) {
        await client.send(new SendTaskSuccessCommand({ taskToken: payload.token, output: '"early"' }));
      }
      return {};
    });
    await begin('early');
    await vi.waitFor(async () => expect((await described('early')).status).toBe('SUCCEEDED'));
  });

  it('fails a task by its token, times a wait out, and forgets the token', async () => {
    await begin('failing');
    await client.send(new SendTaskFailureCommand({ taskToken: await token(), error: 'Broken', cause: 'No luck' }));
    await vi.waitFor(async () =>
      expect(await described('failing')).toMatchObject({ status: 'FAILED', error: 'Broken' }),
    );

    await begin('late', { timeout: 1 });
    await vi.waitFor(() => expect(tasks).toHaveBeenCalledTimes(4));
    const late = await token();
    await vi.waitFor(async () => expect((await described('late')).error).toBe('TooLate'), 3000);
    await expect(client.send(new SendTaskSuccessCommand({ taskToken: late, output: '{}' }))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it('retries and catches by the name that the function throws', async () => {
    tasks.mockRejectedValueOnce(new FunctionError('Throttled', 'Slow down'));
    tasks.mockRejectedValueOnce(new FunctionError('NotFound', 'No such job'));
    await begin('caught');
    await vi.waitFor(async () => expect((await described('caught')).status).toBe('SUCCEEDED'), 4000);
    const { error } = JSON.parse((await described('caught')).output ?? '{}') as {
      error: { Error: string; Cause: string };
    };
    expect(error.Error).toBe('NotFound');
    expect(JSON.parse(error.Cause)).toMatchObject({ errorType: 'NotFound', errorMessage: 'No such job' });
    expect(tasks).toHaveBeenCalledTimes(2);
  });

  it('gives a task that names no time-out the long one of the service', () => {
    const { Look: look, 'Wait for it': wait } = withServiceDefaults(definition).States;
    expect(look).toMatchObject({ TimeoutSeconds: 2_147_483 });
    expect(wait).not.toHaveProperty('TimeoutSeconds');
    expect(definition.States['Look']).not.toHaveProperty('TimeoutSeconds');
  });

  it('is idempotent by name while it runs with the same input, and refuses the name otherwise', async () => {
    const first = await begin('same');
    expect((await begin('same')).executionArn).toBe(first.executionArn);
    await expect(begin('same', { timeout: 61 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await client.send(new SendTaskSuccessCommand({ taskToken: await token(), output: '{}' }));
    await vi.waitFor(async () => expect((await described('same')).status).toBe('SUCCEEDED'));
    await expect(begin('same')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    expect(tasks).toHaveBeenCalledTimes(2);
  });

  it('stops, lists and tells the history', async () => {
    const { executionArn } = await begin('stopped');
    await token();
    await client.send(new StopExecutionCommand({ executionArn, cause: 'Enough' }));
    expect(await described('stopped')).toMatchObject({ status: 'ABORTED', cause: 'Enough' });
    const listed = await client.send(
      new ListExecutionsCommand({ stateMachineArn: machineArn, statusFilter: 'ABORTED' }),
    );
    expect(listed.executions?.map(({ name }) => name)).toEqual(['stopped']);
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskStateExited',
      'TaskStateEntered',
      'ExecutionAborted',
    ]);
  });

  it('remembers names after a restart and counts what was running as aborted', async () => {
    await begin('interrupted');
    await token();
    await stop();
    await start();
    expect(await described('interrupted')).toMatchObject({ status: 'ABORTED', cause: 'The local stack was stopped.' });
    await expect(begin('interrupted')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it.each([
    ['InvalidName', () => begin('with:colon')],
    ['InvalidName', () => begin('x'.repeat(81))],
    [
      'InvalidExecutionInput',
      () => client.send(new StartExecutionCommand({ stateMachineArn: machineArn, input: '{' })),
    ],
    ['StateMachineDoesNotExist', () => client.send(new StartExecutionCommand({ stateMachineArn: `${machineArn}x` }))],
    ['ExecutionDoesNotExist', () => described('nobody')],
    ['InvalidToken', () => client.send(new SendTaskSuccessCommand({ taskToken: 'made-up', output: '{}' }))],
  ])('answers %s', async (name, request: () => Promise<unknown>) => {
    await expect(request()).rejects.toMatchObject({ name });
  });
});

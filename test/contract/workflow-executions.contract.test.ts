import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { sfnWorkflowExecutions } from '../../functions/adapters/sfn-workflow-executions.ts';
import { manualExecutionName, recoveryExecutionName } from '../../functions/ports/execution-name.ts';
import type { WorkflowExecutions } from '../../functions/ports/workflow-executions.ts';
import { listen, type RunningServer } from '../../local/server.ts';
import { openExecutionStore } from '../../local/step-functions/execution-store.ts';
import { Executions } from '../../local/step-functions/executions.ts';
import { stepFunctionsApi } from '../../local/step-functions/step-functions-api.ts';
import { runIdFor } from '../../shared/domain/run.ts';
import { newId, newRunToken } from '../../functions/runtime/tokens.ts';
import { at } from '../fakes/cluster.ts';
import { fakeWorkflowExecutions } from '../fakes/fake-job-services.ts';
import { runJobRequest } from '../fakes/spark-job.ts';

const stateMachineArn = 'arn:aws:states:us-west-2:123456789012:stateMachine:atmo-test-run-job';
const functionArn = 'arn:aws:lambda:us-west-2:123456789012:function:tasks';
const definition = {
  StartAt: 'Await',
  States: {
    Await: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: functionArn, Payload: { 'taskToken.$': '$$.Task.Token' } },
      End: true,
    },
  },
} as const;

interface World {
  readonly executions: WorkflowExecutions;
  readonly names: () => Promise<readonly string[]>;
}

let directory: string;
let server: RunningServer;
let client: SFNClient;
/** Tokens that the workflow handed to its task, oldest first. */
const tokens: string[] = [];

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'atmo-sfn-'));
  const invoke = async (_arn: string, payload: unknown) => {
    tokens.push((payload as { taskToken: string }).taskToken);
    return null;
  };
  const executions = new Executions(
    [{ arn: stateMachineArn, name: 'run-job', definition }],
    openExecutionStore(path.join(directory, 'executions.jsonl')),
    invoke,
  );
  server = await listen(http.createServer(stepFunctionsApi(executions)), 0);
  client = new SFNClient({
    region: 'us-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    endpoint: server.url,
  });
});
afterAll(async () => {
  client.destroy();
  await server.close();
  rmSync(directory, { recursive: true });
});

const inStepFunctions = (): World => ({
  executions: sfnWorkflowExecutions({ stateMachineArn }, client),
  names: async () =>
    ((await client.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? []).map(
      ({ name }) => name ?? '',
    ),
});
const inMemory = (): World => {
  const { executions, started } = fakeWorkflowExecutions();
  return { executions, names: async () => [...started.keys()] };
};

describe.each([
  ['the fake', inMemory],
  ['Step Functions', inStepFunctions],
])('WorkflowExecutions as %s', (_name, create) => {
  let world: World;
  beforeEach(() => {
    world = create();
  });

  it('starts one execution for a name, however often', async () => {
    const name = manualExecutionName({ id: runIdFor(at('06:00:00'), newRunToken()) });
    for (const request of [runJobRequest(), runJobRequest(), runJobRequest({ trigger: 'manual' })])
      await world.executions.start(name, request);
    expect((await world.names()).filter((started) => started === name)).toEqual([name]);
  });

  it('takes the longest of our names', async () => {
    const name = recoveryExecutionName(newId(), at('06:00:00'), at('07:00:00'));
    await world.executions.start(name, runJobRequest());
    expect(await world.names()).toContain(name);
  });
});

describe('waits in Step Functions', () => {
  const outcome = { runId: 'run', outcome: 'succeeded' } as const;

  it('are completed once, and completing them again is harmless', async () => {
    const { executions } = inStepFunctions();
    await executions.start('waiting', runJobRequest());
    await expect.poll(() => tokens.at(-1)).toBeDefined();
    const taskToken = tokens.at(-1) ?? '';
    await executions.completeWait(taskToken, outcome);
    await executions.completeWait(taskToken, outcome);
    await executions.completeWait('never-given', outcome);
    const done = async () =>
      (await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED' }))).executions?.map(
        ({ name }) => name,
      );
    await expect.poll(done).toEqual(['waiting']);
  });

  it('says so where AWS fails', async () => {
    const gone = sfnWorkflowExecutions({ stateMachineArn: `${stateMachineArn}-gone` }, client);
    await expect(gone.start('x', runJobRequest())).rejects.toMatchObject({ name: 'AwsFailed' });
  });
});

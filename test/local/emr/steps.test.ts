import { DescribeStepCommand, TerminateJobFlowsCommand } from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';
import { heldExecutor, lastOf } from './executors.ts';
import { announced, jobInput, startRig, step, type Rig } from './rig.ts';

const states = async (rig: Rig, id: string): Promise<(string | undefined)[]> =>
  (await rig.steps(id)).map(({ Status }) => Status?.State);

const end = async (rig: Rig, id: string): Promise<string> => {
  const { Status } = await rig.describe(id);
  return `${Status?.State ?? ''} ${Status?.StateChangeReason?.Code ?? ''} ${Status?.StateChangeReason?.Message ?? ''}`;
};

describe('steps without an executor', () => {
  it('are completed, and say in their stdout that they were not executed', async () => {
    const rig = await startRig();
    const id = await rig.launch(jobInput(step('notebook')));
    await rig.advance(10);
    await rig.settle();
    const [notebook] = await rig.steps(id);
    expect(notebook).toMatchObject({
      Name: 'notebook',
      ActionOnFailure: 'TERMINATE_CLUSTER',
      Config: { Args: ['s3://emr/steps/notebook.sh'], Properties: {} },
      Status: { State: 'COMPLETED' },
    });
    const folder = `s3://logs/clusters/curie-1234/${id}/steps/${notebook?.Id ?? ''}`;
    expect([...rig.logs.keys()].toSorted()).toEqual(
      ['controller', 'stderr', 'stdout'].map((name) => `${folder}/${name}.gz`),
    );
    expect(rig.logs.get(`${folder}/stdout.gz`)).toBe(
      'This step was not executed: Spark is not installed on this machine (npm run spark:install).\n',
    );
  });

  it('are completed too when the executor declines, with its reason', async () => {
    const rig = await startRig({ run: async () => ({ executed: false, reason: 'Python is too old' }) });
    const id = await rig.launch(jobInput(step('notebook')));
    await rig.advance(10);
    await rig.settle();
    expect(await end(rig, id)).toBe('TERMINATED ALL_STEPS_COMPLETED Steps completed');
    expect([...rig.logs.values()]).toContain('This step was not executed: Python is too old.\n');
  });
});

describe('steps with an executor', () => {
  it('get their arguments and surroundings, take as long as they take, and leave their log', async () => {
    const { executor, executions } = heldExecutor();
    const rig = await startRig(executor);
    const id = await rig.launch(jobInput(step('notebook')));
    await rig.advance(3600);
    expect(await states(rig, id)).toEqual(['RUNNING']);
    const { step: executed, cluster, surroundings } = lastOf(executions);
    expect(executed).toMatchObject({ name: 'notebook', args: ['s3://emr/steps/notebook.sh'], mainClass: null });
    expect(cluster).toEqual({
      id,
      name: 'atmo-test-cluster-alice-curie-1234-token',
      releaseLabel: 'emr-7.10.0',
      region: 'us-west-2',
      logUri: 's3://logs/clusters/curie-1234/',
      tags: { Owner: 'alice' },
      instanceCount: 3,
    });
    expect(surroundings.environment).toMatchObject({ AWS_REGION: 'us-west-2' });

    surroundings.log.stdout('cell 1\n');
    surroundings.log.stdout(Buffer.from('cell 2\n'));
    lastOf(executions).end({ executed: true, exitCode: 0 });
    await rig.settle();
    expect(await states(rig, id)).toEqual(['COMPLETED']);
    expect(rig.logs.get(`s3://logs/clusters/curie-1234/${id}/steps/${executed.id}/stdout.gz`)).toBe('cell 1\ncell 2\n');
    expect(await end(rig, id)).toBe('TERMINATING ALL_STEPS_COMPLETED Steps completed');
  });

  it('fail with the last line of their stderr, and end the cluster when told to', async () => {
    const { executor, executions } = heldExecutor();
    const rig = await startRig(executor);
    const id = await rig.launch(jobInput(step('notebook'), step('never')));
    await rig.advance(10);
    lastOf(executions).surroundings.log.stderr('Traceback\nValueError: no data\n\n');
    lastOf(executions).end({ executed: true, exitCode: 1 });
    await rig.settle();
    expect(await states(rig, id)).toEqual(['FAILED', 'CANCELLED']);
    const stepId = lastOf(executions).step.id;
    const described = await rig.client.send(new DescribeStepCommand({ ClusterId: id, StepId: stepId }));
    expect(described.Step?.Status?.FailureDetails).toEqual({
      Reason: 'Unknown Error.',
      Message: 'ValueError: no data',
      LogFile: `s3://logs/clusters/curie-1234/${id}/steps/${stepId}/stderr.gz`,
    });
    await rig.advance(1);
    expect(await end(rig, id)).toBe('TERMINATED_WITH_ERRORS STEP_FAILURE Shut down as step failed');
    expect(rig.events.at(-1)?.detail).toMatchObject({ severity: 'CRITICAL', state: 'TERMINATED_WITH_ERRORS' });
    expect(announced(rig, 'EMR Step Status Change')).toEqual(['PENDING', 'PENDING', 'RUNNING', 'FAILED', 'CANCELLED']);
  });

  it('fail when the executor itself breaks', async () => {
    const rig = await startRig({ run: () => Promise.reject(new Error('no such interpreter')) });
    const id = await rig.launch(jobInput(step('notebook')));
    await rig.advance(10);
    expect((await rig.steps(id))[0]?.Status?.FailureDetails?.Message).toBe('no such interpreter');
  });

  it.each([
    ['CONTINUE', ['FAILED', 'COMPLETED'], 'WAITING  Cluster ready after last step completed.'],
    ['CANCEL_AND_WAIT', ['FAILED', 'CANCELLED'], 'WAITING  Cluster ready after last step failed.'],
  ] as const)('go on as %s says when one failed', async (ActionOnFailure, expected, reason) => {
    const rig = await startRig({
      run: async ({ name }) => ({ executed: true, exitCode: name === 'bad' ? 1 : 0 }),
    });
    const id = await rig.launch({ Steps: [step('bad', { ActionOnFailure }), step('good')] });
    await rig.advance(10);
    expect(await states(rig, id)).toEqual(expected);
    expect(await end(rig, id)).toBe(reason);
  });

  it('end a cluster that does not stay alive with what failed on the way', async () => {
    const rig = await startRig({ run: async () => ({ executed: true, exitCode: 1 }) });
    const id = await rig.launch(jobInput(step('bad', { ActionOnFailure: 'CONTINUE' })));
    await rig.advance(10);
    expect(await end(rig, id)).toBe('TERMINATED STEP_FAILURE Steps completed with errors');
    expect(rig.events.at(-1)?.detail['severity']).toBe('CRITICAL');
  });

  it('are stopped when the cluster is terminated, which ends only when their process is gone', async () => {
    const { executor, executions } = heldExecutor(false);
    const rig = await startRig(executor);
    const id = await rig.launch(jobInput(step('notebook'), step('never')));
    await rig.advance(10);
    await rig.client.send(new TerminateJobFlowsCommand({ JobFlowIds: [id] }));
    expect(lastOf(executions).surroundings.signal.aborted).toBe(true);
    expect(await states(rig, id)).toEqual(['CANCELLED', 'CANCELLED']);
    await rig.advance(60);
    expect(await end(rig, id)).toContain('TERMINATING');
    lastOf(executions).surroundings.log.stderr('Terminated\n');
    lastOf(executions).end({ executed: true, exitCode: 143 });
    await rig.settle();
    expect(await end(rig, id)).toBe('TERMINATED USER_REQUEST Terminated by user request');
    expect([...rig.logs.values()]).toContain('Terminated\n');
    expect(executions).toHaveLength(1);
  });

  it('runs as many at a time as the cluster allows', async () => {
    const { executor, executions } = heldExecutor();
    const rig = await startRig(executor);
    const id = await rig.launch({ StepConcurrencyLevel: 2, Steps: [step('a'), step('b'), step('c')] });
    await rig.advance(10);
    expect(await states(rig, id)).toEqual(['RUNNING', 'RUNNING', 'PENDING']);
    executions[1]?.end({ executed: true, exitCode: 0 });
    await rig.settle();
    expect(await states(rig, id)).toEqual(['RUNNING', 'COMPLETED', 'RUNNING']);
  });
});

import { describe, expect, it } from 'vitest';

import type { UpkeepWorld } from '../../fakes/upkeep-world.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { at, claimedCluster, readyCluster, terminating } from '../../fakes/cluster.ts';
import { nameWith } from '../../fakes/fake-emr.ts';
import { JOB_RUN_EMR_ID, jobOnServerless, jobRunEvent } from '../../fakes/serverless-run.ts';
import { claimedJob, finishedJob, runningJob } from '../../fakes/spark-job.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';
import { flat } from '../../fakes/workload.ts';

const ADDRESS = 'ec2-1.compute.amazonaws.com';

const clusterEvent = (state: string, time: string, detail: Record<string, string> = {}) => ({
  version: '0',
  id: '0c1b2a3d',
  'detail-type': 'EMR Cluster State Change',
  source: 'aws.emr',
  // EventBridge gives whole seconds.
  time: time.replace('.000Z', 'Z'),
  detail: {
    severity: 'INFO',
    clusterId: 'j-1',
    name: nameWith('0123456789'),
    state,
    stateChangeReason: '{"code":""}',
    ...detail,
  },
});

const stepEvent = (state: string, time: string) => ({
  'detail-type': 'EMR Step Status Change',
  source: 'aws.emr',
  time: time.replace('.000Z', 'Z'),
  detail: { clusterId: 'j-1', stepId: 's-1', name: 'Run the notebook', state },
});

const ENDED = clusterEvent('TERMINATED_WITH_ERRORS', at('06:39:00'), {
  stateChangeReason: '{"code":"STEP_FAILURE","message":"Shut down as step failed"}',
});

const starting = () => readyCluster({ status: 'STARTING', readyAt: null, masterAddress: null });

const deliver = async (world: UpkeepWorld, ...events: unknown[]): Promise<void> => {
  for (const event of events) await world.event(event);
};

describe('EMR’s events about a cluster', () => {
  it('move its state, and ask once for the address', async () => {
    const world = upkeepWorld({ clusters: [starting()] });
    world.put('j-1', { state: 'WAITING', readyAt: at('06:31:00'), masterAddress: ADDRESS });
    await deliver(world, clusterEvent('RUNNING', at('06:30:00')), clusterEvent('WAITING', at('06:31:00')));
    expect(await world.cluster()).toMatchObject({ status: 'WAITING', masterAddress: ADDRESS, readyAt: at('06:31:00') });
    expect(world.calls).toMatchObject({ describe: ['j-1'], list: 0 });
  });

  it('move its state where EMR is too busy to tell the address', async () => {
    const world = upkeepWorld({ clusters: [starting()] });
    world.failures.describe.push(new AwsThrottled('busy'));
    await deliver(world, clusterEvent('WAITING', at('06:31:00')));
    expect(await world.cluster()).toMatchObject({ status: 'WAITING', masterAddress: null, readyAt: at('06:31:00') });
  });

  it('tell why it ended', async () => {
    const world = upkeepWorld({ clusters: [readyCluster()] });
    await deliver(world, ENDED);
    expect(await world.cluster()).toMatchObject({
      status: 'TERMINATED_WITH_ERRORS',
      reason: { code: 'STEP_FAILURE', message: 'Shut down as step failed' },
      finishedAt: at('06:39:00'),
    });
    expect(world.calls.describe).toEqual([]);
  });

  it('ask for the reason of an end where they lack it', async () => {
    const world = upkeepWorld({ clusters: [readyCluster()] });
    const reason = { code: 'INSTANCE_FAILURE', message: 'lost' };
    world.put('j-1', { state: 'TERMINATED_WITH_ERRORS', reason, finishedAt: at('06:38:00') });
    await deliver(world, clusterEvent('TERMINATED_WITH_ERRORS', at('06:39:00'), { stateChangeReason: 'what?' }));
    expect(await world.cluster()).toMatchObject({ reason: reason, finishedAt: at('06:38:00') });
  });

  it('never leave a final state, however late they come', async () => {
    const world = upkeepWorld({ clusters: [readyCluster()] });
    await deliver(world, ENDED);
    const ended = await world.cluster();
    await deliver(
      world,
      clusterEvent('WAITING', at('06:20:00')),
      clusterEvent('TERMINATED', at('06:40:00')),
      stepEvent('RUNNING', at('06:20:00')),
    );
    expect(await world.cluster()).toEqual(ended);
  });

  it('do not make a ready cluster run again that was running before it was ready', async () => {
    const world = upkeepWorld({ clusters: [starting()] });
    world.put('j-1', { state: 'WAITING', readyAt: at('06:31:00'), masterAddress: ADDRESS });
    await deliver(world, clusterEvent('WAITING', at('06:31:00')), clusterEvent('RUNNING', at('06:30:30')));
    await deliver(world, stepEvent('RUNNING', at('06:30:31')), clusterEvent('STARTING', at('06:25:00')));
    expect(await world.cluster()).toMatchObject({ status: 'WAITING' });
    await deliver(world, stepEvent('RUNNING', at('06:35:00')));
    expect(await world.cluster()).toMatchObject({ status: 'RUNNING', readyAt: at('06:31:00') });
  });

  it('change nothing when they come twice', async () => {
    const world = upkeepWorld({ clusters: [readyCluster()] });
    await deliver(world, ENDED);
    const { version } = await world.cluster();
    await deliver(world, ENDED);
    expect((await world.cluster()).version).toBe(version);
  });

  it('adopt a launch that was never recorded', async () => {
    const world = upkeepWorld({ clusters: [claimedCluster()] });
    await deliver(world, clusterEvent('STARTING', at('06:01:00')));
    expect(await world.cluster()).toMatchObject({ emrId: 'j-1', status: 'STARTING' });
  });

  it('pass on the end that was asked for while it was being launched', async () => {
    const asked = terminating(claimedCluster(), { by: 'alice', reason: 'requested', at: at('06:00:30') });
    const world = upkeepWorld({ clusters: [asked] });
    world.put('j-1', { state: 'STARTING' });
    await deliver(world, clusterEvent('STARTING', at('06:01:00')));
    expect(world.calls.terminate).toEqual([['j-1']]);
    expect(await world.cluster()).toMatchObject({ status: 'TERMINATING' });
  });

  it.each([
    ['of another cluster of the account', { name: 'nightly-etl', clusterId: 'j-7' }],
    ['of another environment', { name: nameWith('0123456789', 'prod'), clusterId: 'j-7' }],
    ['of a cluster that nobody knows', { name: nameWith('stranger00'), clusterId: 'j-7' }],
    ['of a second cluster with the token of a launched one', { clusterId: 'j-7' }],
  ])('are ignored: %s', async (_what, detail) => {
    const world = upkeepWorld({ clusters: [readyCluster()] });
    await deliver(world, clusterEvent('TERMINATED', at('06:39:00'), detail));
    expect(await world.cluster()).toEqual(flat(readyCluster()));
  });

  it.each(['PENDING', 'COMPLETED', 'CANCELLED', 'FAILED'])('tell nothing of it where a step is %s', async (state) => {
    const world = upkeepWorld({ clusters: [starting()] });
    await deliver(world, stepEvent(state, at('06:39:00')), clusterEvent('A_NEW_STATE', at('06:39:00')));
    expect(await world.cluster()).toEqual(flat(starting()));
  });
});

describe('EMR’s events about a run', () => {
  it('begin it with its first step', async () => {
    const world = upkeepWorld({ jobs: [claimedJob({}, { emrId: 'j-1', status: 'STARTING' })] });
    await deliver(world, stepEvent('RUNNING', at('06:30:00')));
    expect(await world.run()).toMatchObject({ status: 'RUNNING', readyAt: at('06:30:00') });
  });

  it('end it', async () => {
    const world = upkeepWorld({ jobs: [runningJob()] });
    await deliver(world, ENDED);
    expect(await world.run()).toMatchObject({ outcome: 'failed', reason: { code: 'STEP_FAILURE' } });
    expect(world.mailed).toHaveLength(1);
    await deliver(world, clusterEvent('RUNNING', at('06:20:00')));
    expect(await world.run()).toMatchObject({ status: 'TERMINATED_WITH_ERRORS', outcome: 'failed' });
  });

  it('adopt a launch that was never recorded', async () => {
    const world = upkeepWorld({ jobs: [finishedJob({ id: 'other', identifier: 'other' }), claimedJob()] });
    await deliver(world, clusterEvent('STARTING', at('06:01:00'), { clusterId: 'j-9' }));
    expect(await world.run()).toMatchObject({ emrId: 'j-9', status: 'STARTING' });
  });
});

describe('EMR Serverless’s events about a job run', () => {
  const submitted = () => jobOnServerless({ status: 'SUBMITTED', readyAt: null });

  it('move the state of its run', async () => {
    const world = upkeepWorld({ jobs: [submitted()] });
    await deliver(world, jobRunEvent('QUEUED', at('06:00:10')));
    expect(await world.run()).toMatchObject({ status: 'QUEUED', readyAt: null });
    await deliver(world, jobRunEvent('RUNNING', at('06:02:00')), jobRunEvent('SCHEDULED', at('06:01:50')));
    expect(await world.run()).toMatchObject({ status: 'RUNNING', readyAt: at('06:02:00'), outcome: null });
  });

  it('end it, and what it was billed for counts at once', async () => {
    const world = upkeepWorld({ jobs: [jobOnServerless()] });
    world.put(JOB_RUN_EMR_ID, { state: 'SUCCESS', billed: 0.05, finishedAt: at('06:29:00') });
    await deliver(world, jobRunEvent('SUCCESS', at('06:30:00')));
    expect(await world.run()).toMatchObject({ status: 'SUCCESS', finishedAt: at('06:29:00'), billed: 0.05 });
    const usage = await world.usage.ofEverybody('2026-11-01', '2026-11-30');
    expect(usage.flatMap(({ entries }) => Object.values(entries))).toMatchObject([{ started: 1, dollars: 0.05 }]);
    await deliver(world, jobRunEvent('RUNNING', at('06:10:00')), jobRunEvent('FAILED', at('06:31:00')));
    expect(await world.run()).toMatchObject({ status: 'SUCCESS' });
  });

  it.each([
    ['of another job run of the application', { jobRunId: '00other' }],
    ['of another application', { applicationId: '00other' }],
    ['with a state of clusters', { state: 'TERMINATED' }],
    ['with a new state', { state: 'A_NEW_STATE' }],
  ])('are ignored: %s', async (_what, detail) => {
    const world = upkeepWorld({ jobs: [jobOnServerless()] });
    const before = await world.job();
    await deliver(world, jobRunEvent('FAILED', at('06:30:00'), detail));
    expect(await world.job()).toEqual(before);
  });
});

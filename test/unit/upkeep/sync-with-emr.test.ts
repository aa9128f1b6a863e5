import { describe, expect, it } from 'vitest';

import { AwsFailed, AwsThrottled, LaunchUncertain } from '../../../shared/domain/errors.ts';
import { at, claimedCluster, readyCluster, terminating } from '../../fakes/cluster.ts';
import { nameWith } from '../../fakes/fake-emr.ts';
import { claimedJob, runningJob } from '../../fakes/spark-job.ts';
import { upkeepWorld, type UpkeepWorld } from '../../fakes/upkeep-world.ts';
import { flat, withChanges } from '../../fakes/workload.ts';

const ADDRESS = 'ec2-1.compute.amazonaws.com';
const starting = (changes: Parameters<typeof readyCluster>[0] = {}) =>
  readyCluster({ status: 'STARTING', readyAt: null, masterAddress: null, ...changes });

/** As many sweeps as given, five minutes apart. */
const sweeps = async (world: UpkeepWorld, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    if (n > 0) world.clock.advance(5);
    await world.sync();
  }
};

describe('the sweep, of what EMR lists', () => {
  it('asks EMR nothing where nothing is active', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ status: 'TERMINATED' })] });
    await world.sync();
    expect(world.calls).toMatchObject({ list: 0, describe: [] });
  });

  it('follows clusters and runs by one list', async () => {
    const world = upkeepWorld({
      clusters: [starting()],
      jobs: [claimedJob({}, { emrId: 'j-2', status: 'STARTING' })],
    });
    world.put('j-1', { state: 'BOOTSTRAPPING' });
    world.put('j-2', { state: 'RUNNING', readyAt: at('06:38:00') });
    await world.sync();
    expect(await world.cluster()).toMatchObject({ status: 'BOOTSTRAPPING' });
    expect(await world.run()).toMatchObject({ status: 'RUNNING', readyAt: at('06:38:00') });
    expect(world.calls).toMatchObject({ list: 1, describe: [] });
  });

  it('asks once for the address of a ready cluster, and then no more', async () => {
    const world = upkeepWorld({ clusters: [starting()] });
    world.put('j-1', { state: 'WAITING', readyAt: at('06:39:00'), masterAddress: ADDRESS });
    await sweeps(world, 3);
    expect(await world.cluster()).toMatchObject({ status: 'WAITING', readyAt: at('06:39:00'), masterAddress: ADDRESS });
    expect(world.calls.describe).toEqual(['j-1']);
  });

  it('asks for the details of the cluster first that has waited longest', async () => {
    const younger = starting({ id: 'c2', emrId: 'j-2', claimedAt: at('06:20:00') });
    const world = upkeepWorld({ clusters: [younger, starting({ claimedAt: at('06:10:00') })] });
    for (const emrId of ['j-1', 'j-2']) world.put(emrId, { state: 'WAITING', masterAddress: ADDRESS });
    await world.sync();
    expect(world.calls.describe).toEqual(['j-1', 'j-2']);
  });

  it('adds the address later where EMR is too busy to tell', async () => {
    const world = upkeepWorld({ clusters: [starting()] });
    world.put('j-1', { state: 'WAITING', masterAddress: ADDRESS });
    world.failures.describe.push(new AwsThrottled('busy'));
    await world.sync();
    expect(await world.cluster()).toMatchObject({ status: 'WAITING', masterAddress: null });
    await world.sync();
    expect(await world.cluster()).toMatchObject({ masterAddress: ADDRESS });
  });

  it('asks again to terminate a cluster that goes on although its termination is on record', async () => {
    const asked = terminating(readyCluster(), { by: 'alice', reason: 'requested', at: at('06:30:00') });
    const world = upkeepWorld({ clusters: [withChanges(asked, { status: 'TERMINATING' })] });
    world.put('j-1', { state: 'WAITING' });
    await world.sync();
    expect(world.held.get('j-1')?.state).toBe('TERMINATING');
    await world.sync();
    expect(world.calls.terminate).toEqual([['j-1']]);
  });

  it('goes on with the others where one fails, and fails at the end', async () => {
    const world = upkeepWorld({ clusters: [starting(), readyCluster({ id: 'c2', emrId: 'j-2' })] });
    world.put('j-1', { state: 'BOOTSTRAPPING' });
    world.put('j-2', { state: 'TERMINATING' });
    const { change } = world.clusters;
    world.clusters.change = async (id, apply) => {
      if (id === 'c1') throw new AwsFailed('DynamoDB failed');
      return change(id, apply);
    };
    await expect(world.sync()).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(flat(await world.clusters.get('c2'))).toMatchObject({ status: 'TERMINATING' });
  });

  it('fails where EMR cannot be asked at all', async () => {
    const world = upkeepWorld({ clusters: [starting()] });
    world.failures.list.push(new AwsThrottled('busy'));
    await expect(world.sync()).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect((await world.cluster()).absentSweeps).toBe(0);
  });
});

describe('the sweep, of what EMR’s active list lacks', () => {
  const ENDED = { state: 'TERMINATED_WITH_ERRORS', reason: { code: 'BOOTSTRAP_FAILURE', message: 'no disk' } } as const;

  it('finds what has ended, with its reason, at once and without asking by id', async () => {
    const world = upkeepWorld({ clusters: [starting()] });
    world.put('j-1', { ...ENDED, createdAt: at('06:00:01'), finishedAt: at('06:35:00') });
    await world.sync();
    expect(await world.cluster()).toMatchObject({
      status: 'TERMINATED_WITH_ERRORS',
      reason: { code: 'BOOTSTRAP_FAILURE', message: 'no disk' },
      finishedAt: at('06:35:00'),
    });
    expect(world.calls).toMatchObject({ list: 2, describe: [] });
  });

  it('ends a run that ended while events were lost, and mails its failure', async () => {
    const world = upkeepWorld({ jobs: [runningJob()] });
    world.put('j-1', { ...ENDED, createdAt: at('06:00:01') });
    await world.sync();
    expect(await world.run()).toMatchObject({ outcome: 'failed', reason: { code: 'BOOTSTRAP_FAILURE' } });
    expect(world.mailed).toMatchObject([{ kind: 'run-failed' }]);
  });

  it('reads no more of EMR’s history than a day for what is older, and asks by its id', async () => {
    const world = upkeepWorld({ clusters: [starting()] });
    world.put('j-1', { ...ENDED, createdAt: at('06:00:01') });
    world.clock.advance(3 * 24 * 60);
    const { list } = world.emr.emr;
    const moments: (string | undefined)[] = [];
    world.emr.emr.list = async (phases, createdAfter) => {
      moments.push(createdAfter);
      return list(phases, createdAfter);
    };
    await sweeps(world, 2);
    expect(moments).toEqual([undefined, '2026-11-25T06:39:00.000Z', undefined, '2026-11-25T06:44:00.000Z']);
    expect(world.calls.describe).toEqual(['j-1']);
    expect(await world.cluster()).toMatchObject({ reason: { code: 'BOOTSTRAP_FAILURE' } });
  });

  it('asks by id for what is in neither list on two sweeps running', async () => {
    const world = upkeepWorld({ clusters: [starting()], jobs: [runningJob({}, { emrId: 'j-2' })] });
    await sweeps(world, 1);
    expect(world.calls.describe).toEqual([]);
    world.clock.advance(5);
    await world.sync();
    expect(world.calls.describe).toEqual(['j-1', 'j-2']);
    const gone = { code: 'INTERNAL_ERROR', message: 'EMR no longer knows this cluster.' };
    expect(await world.cluster()).toMatchObject({ status: 'TERMINATED_WITH_ERRORS', reason: gone });
    expect(await world.run()).toMatchObject({ outcome: 'failed', reason: gone });
  });

  it('believes what EMR says of a single cluster more than its lists', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ absentSweeps: 1 })] });
    // Of a name that no list of ours shows.
    world.put('j-1', { name: 'hidden', state: 'WAITING', masterAddress: ADDRESS });
    await world.sync();
    expect(await world.cluster()).toMatchObject({ status: 'WAITING', absentSweeps: 0 });
  });

  it('forgets a miss once EMR lists the cluster again', async () => {
    const world = upkeepWorld({ clusters: [readyCluster()] });
    await world.sync();
    expect(await world.cluster()).toMatchObject({ absentSweeps: 1, version: 2 });
    world.put('j-1', { state: 'WAITING' });
    await world.sync();
    expect(await world.cluster()).toMatchObject({ status: 'WAITING', absentSweeps: 0 });
    expect(world.calls.describe).toEqual([]);
  });
});

describe('the sweep, of launches of unknown outcome', () => {
  it('adopts a cluster by its run token, also one that has already ended', async () => {
    for (const state of ['STARTING', 'TERMINATED'] as const) {
      const world = upkeepWorld({ clusters: [claimedCluster()] });
      world.put('j-9', { name: nameWith('0123456789'), state, createdAt: at('06:00:02') });
      await world.sync();
      expect(await world.cluster()).toMatchObject({ emrId: 'j-9', status: state, startedAt: at('06:00:02') });
      expect(world.calls.launch).toBe(0);
    }
  });

  it('adopts also what was launched and has ended days ago', async () => {
    const world = upkeepWorld({ clusters: [claimedCluster()] });
    world.put('j-9', { name: nameWith('0123456789'), state: 'TERMINATED', createdAt: at('06:00:02') });
    world.clock.advance(3 * 24 * 60);
    await sweeps(world, 2);
    expect(world.calls.launch).toBe(0);
    expect(await world.cluster()).toMatchObject({ emrId: 'j-9', status: 'TERMINATED' });
  });

  it('adopts what ends between the two lists, the second of which lags behind', async () => {
    const world = upkeepWorld({ clusters: [claimedCluster({ absentSweeps: 1 })] });
    const { list } = world.emr.emr;
    world.emr.emr.list = async (phases, createdAfter) => {
      const state = createdAfter === undefined ? 'TERMINATED' : 'TERMINATING';
      world.put('j-9', { name: nameWith('0123456789'), state, createdAt: at('06:00:02') });
      return list(phases, createdAfter);
    };
    await world.sync();
    expect(world.calls.launch).toBe(0);
    expect(await world.cluster()).toMatchObject({ emrId: 'j-9', status: 'TERMINATING' });
  });

  it('adopts a run', async () => {
    const world = upkeepWorld({ jobs: [claimedJob()] });
    world.put('j-9', { name: nameWith('0123456789') });
    await world.sync();
    expect(await world.run()).toMatchObject({ emrId: 'j-9', status: 'STARTING' });
  });

  it.each([
    ['a call after the lost answer', at('06:25:00')],
    ['the withdrawal of the call whose answer was lost', null],
  ])('adopts a job run that ended before %s', async (_what, launchAttemptedAt) => {
    const job = claimedJob(
      { engine: 'serverless' },
      { engine: 'serverless', absentSweeps: 1, launchAttemptedAt, launchDueAt: at('06:24:00') },
    );
    const world = upkeepWorld({ jobs: [job] });
    world.put('00app/00run', { name: nameWith('0123456789'), state: 'SUCCESS', createdAt: at('06:00:02') });
    await world.sync();
    expect(world.launches).toEqual([]);
    expect(await world.run()).toMatchObject({ emrId: '00app/00run', status: 'SUCCESS' });
  });

  it('waits for two sweeps and ten minutes before it launches again, under a fresh token', async () => {
    const world = upkeepWorld({
      clusters: [claimedCluster({ createdAt: at('06:39:00'), launchAttemptedAt: at('06:39:00') })],
    });
    await sweeps(world, 2);
    expect(world.calls.launch).toBe(0);
    world.clock.advance(5);
    await world.sync();
    expect(world.calls.launch).toBe(1);
    expect(await world.cluster()).toMatchObject({
      status: 'STARTING',
      runToken: 'again00001',
      emrId: 'j-again00001',
      createdAt: at('06:39:00'),
    });
    await sweeps(world, 3);
    expect(world.calls.launch).toBe(1);
  });

  it('launches a run again', async () => {
    const world = upkeepWorld({ jobs: [claimedJob({}, { absentSweeps: 1 })] });
    await world.sync();
    expect(world.launches).toMatchObject([{ workload: { runToken: 'again00001' } }]);
    expect(await world.run()).toMatchObject({ status: 'STARTING', emrId: 'j-again00001' });
  });

  it('finds out anew where the second launch is uncertain too', async () => {
    const world = upkeepWorld({ clusters: [claimedCluster({ absentSweeps: 1 })] });
    world.failures.launch.push(new LaunchUncertain('EMR failed'));
    await world.sync();
    expect(await world.cluster()).toMatchObject({ status: 'LAUNCHING', runToken: 'again00001', absentSweeps: 0 });
    world.put('j-9', { name: nameWith('again00001') });
    await world.sync();
    expect(await world.cluster()).toMatchObject({ status: 'STARTING', emrId: 'j-9' });
  });

  it.each([
    [
      'its termination is on record',
      terminating(claimedCluster(), { by: 'alice', reason: 'requested', at: at('06:10:00') }),
      { status: 'TERMINATED', reason: { code: 'USER_REQUEST' } },
    ],
    [
      'its time is over',
      claimedCluster({ expiresAt: at('06:30:00') }),
      { status: 'TERMINATED_WITH_ERRORS', reason: { code: 'INTERNAL_ERROR' } },
    ],
    [
      'its key is gone',
      claimedCluster({ sshKeyId: 'deleted' }),
      { status: 'TERMINATED_WITH_ERRORS', reason: { code: 'VALIDATION_ERROR' } },
    ],
  ])('launches nothing where %s', async (_why, cluster, end) => {
    const world = upkeepWorld({ clusters: [withChanges(cluster, { absentSweeps: 1 })] });
    await world.sync();
    expect(world.calls.launch).toBe(0);
    expect(await world.cluster()).toMatchObject({ ...end, finishedAt: at('06:40:00') });
  });

  it('are launched by a later sweep where EMR is too busy, and fail none', async () => {
    const world = upkeepWorld({
      clusters: [claimedCluster({ absentSweeps: 1 })],
      jobs: [claimedJob({}, { absentSweeps: 1 })],
    });
    const busy = () => new AwsThrottled('busy');
    // A cluster's launch is tried five times, a run's once.
    world.failures.launch.push(...Array.from({ length: 6 }, busy));
    await world.sync();
    const waiting = { status: 'LAUNCHING', launchAttemptedAt: null, absentSweeps: 0 };
    expect(await world.cluster()).toMatchObject(waiting);
    expect(await world.run()).toMatchObject(waiting);
    await sweeps(world, 2);
    expect(await world.cluster()).toMatchObject({ status: 'STARTING' });
    expect(await world.run()).toMatchObject({ status: 'STARTING' });
  });

  it('is not launched twice by two sweeps at once', async () => {
    const world = upkeepWorld({ clusters: [claimedCluster({ absentSweeps: 1 })] });
    await Promise.all([world.sync(), world.sync()]);
    expect(world.calls.launch).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';

import { extendedBy } from '../../../shared/domain/cluster.ts';
import { AwsFailed, AwsThrottled } from '../../../shared/domain/errors.ts';
import { at, claimedCluster, readyCluster, terminating } from '../../fakes/cluster.ts';
import { nameWith } from '../../fakes/fake-emr.ts';
import { claimedJob, runningJob } from '../../fakes/spark-job.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';
import { flat } from '../../fakes/workload.ts';

const EXPIRED = { expiresAt: at('06:40:00') };

describe('expired clusters', () => {
  it('are ended at their time, by the portal, with one call', async () => {
    const world = upkeepWorld({
      clusters: [
        readyCluster(EXPIRED),
        readyCluster({ ...EXPIRED, id: 'c2', emrId: 'j-2' }),
        readyCluster({ id: 'later', emrId: 'j-3', expiresAt: at('06:40:01') }),
      ],
    });
    for (const id of ['j-1', 'j-2', 'j-3']) world.put(id, { state: 'WAITING' });
    await world.terminateExpired();
    expect(world.calls.terminate).toEqual([['j-1', 'j-2']]);
    expect(await world.cluster()).toMatchObject({
      status: 'TERMINATING',
      termination: { by: 'ATMO', reason: 'expired', at: at('06:40:00') },
    });
    expect(flat(await world.clusters.get('later'))).toMatchObject({ status: 'WAITING', termination: null });
  });

  it('are left alone once EMR has taken their end', async () => {
    const world = upkeepWorld({ clusters: [readyCluster(EXPIRED)] });
    await world.terminateExpired();
    await world.terminateExpired();
    expect(world.calls.terminate).toHaveLength(1);
  });

  it('are asked for again every minute until EMR takes it', async () => {
    const world = upkeepWorld({ clusters: [readyCluster(EXPIRED)] });
    world.failures.terminate.push(new AwsThrottled('busy'));
    await expect(world.terminateExpired()).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(await world.cluster()).toMatchObject({ status: 'WAITING', termination: { reason: 'expired' } });
    world.clock.advance(1);
    await world.terminateExpired();
    expect(await world.cluster()).toMatchObject({ status: 'TERMINATING', termination: { at: at('06:40:00') } });
  });

  it('live on where an extension comes in between', async () => {
    const world = upkeepWorld({ clusters: [readyCluster(EXPIRED)] });
    const { active } = world.clusters;
    world.clusters.active = async () => {
      const found = await active();
      await world.clusters.change('c1', (cluster) => extendedBy(cluster, 2, at('06:40:00')));
      return found;
    };
    await world.terminateExpired();
    expect(world.calls.terminate).toEqual([]);
    expect(await world.cluster()).toMatchObject({ termination: null, expiresAt: at('08:40:00') });
  });

  it('are ended also where another one fails', async () => {
    const world = upkeepWorld({
      clusters: [readyCluster(EXPIRED), readyCluster({ ...EXPIRED, id: 'c2', emrId: 'j-2' })],
    });
    const { change } = world.clusters;
    world.clusters.change = async (id, apply) => {
      if (id === 'c1') throw new AwsFailed('DynamoDB failed');
      return change(id, apply);
    };
    await expect(world.terminateExpired()).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(world.calls.terminate).toEqual([['j-2']]);
  });

  it('have nothing to name to EMR while they are being launched', async () => {
    const world = upkeepWorld({ clusters: [claimedCluster(EXPIRED)] });
    await world.terminateExpired();
    expect(world.calls.terminate).toEqual([]);
    expect(await world.cluster()).toMatchObject({ termination: { reason: 'expired' } });
  });
});

describe('an end that somebody asked for', () => {
  it('is passed on where EMR did not take it at once', async () => {
    const asked = terminating(readyCluster(), { by: 'alice', reason: 'requested', at: at('06:30:00') });
    const world = upkeepWorld({ clusters: [asked] });
    await world.terminateExpired();
    expect(world.calls.terminate).toEqual([['j-1']]);
    expect(await world.cluster()).toMatchObject({ termination: { by: 'alice', reason: 'requested' } });
  });
});

describe('expiry mails', () => {
  it('go out one hour before, once', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ expiresAt: at('07:40:01') })] });
    await world.announce();
    expect(world.mailedClusters).toEqual([]);
    world.clock.advance(1);
    await world.announce();
    await world.announce();
    expect(world.mailedClusters).toMatchObject([
      {
        kind: 'cluster-expires-soon',
        to: 'alice@example.com',
        values: { clusterId: 'c1', identifier: 'eager-curie-0001', expiresAt: at('07:40:01') },
      },
    ]);
  });

  it('go out at exactly one hour before', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ expiresAt: at('07:40:00') })] });
    await world.announce();
    expect(world.mailedClusters).toHaveLength(1);
  });

  it('go out again for each extension', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ expiresAt: at('07:00:00') })] });
    await world.announce();
    await world.clusters.change('c1', (cluster) => extendedBy(cluster, 2, world.clock.now()));
    await world.announce();
    expect(world.mailedClusters).toHaveLength(1);
    world.clock.set(at('08:05:00'));
    await world.announce();
    expect(world.mailedClusters.map(({ values }) => values)).toMatchObject([
      { expiresAt: at('07:00:00') },
      { expiresAt: at('09:00:00') },
    ]);
  });

  it('do not go out for what is ending, or over', async () => {
    const soon = { expiresAt: at('07:00:00') };
    const world = upkeepWorld({
      clusters: [
        readyCluster({ ...soon, status: 'TERMINATING' }),
        readyCluster({ ...soon, id: 'c2', termination: { by: 'alice', reason: 'requested', at: at('06:30:00') } }),
        readyCluster({ ...soon, id: 'c3', status: 'TERMINATED' }),
        readyCluster({ id: 'c4', expiresAt: at('06:39:00') }),
      ],
    });
    await world.announce();
    expect(world.mailedClusters).toEqual([]);
  });
});

describe('orphans', () => {
  const orphan = { name: nameWith('orphan0000'), state: 'WAITING' } as const;

  it('are ended after a grace period', async () => {
    const world = upkeepWorld();
    world.put('j-7', { ...orphan, createdAt: at('06:30:00') });
    await world.findOrphans();
    expect(world.calls.terminate).toEqual([]);
    world.clock.set(at('06:45:01'));
    await world.findOrphans();
    expect(world.calls.terminate).toEqual([['j-7']]);
  });

  it('are not the clusters and runs that are known, launched or not', async () => {
    const world = upkeepWorld({
      clusters: [readyCluster(), claimedCluster({ id: 'c2', runToken: 'launching0' })],
      jobs: [
        runningJob({}, { emrId: 'j-2' }),
        claimedJob({ id: 'job-2', identifier: 'other' }, { runToken: 'launching1' }),
      ],
    });
    const createdAt = at('05:00:00');
    for (const emrId of ['j-1', 'j-2']) world.put(emrId, { ...orphan, createdAt });
    world.put('j-3', { name: nameWith('launching0'), createdAt });
    world.put('j-4', { name: nameWith('launching1'), createdAt });
    await world.findOrphans();
    expect(world.calls.terminate).toEqual([]);
  });

  it('are a second cluster of one launch, and one whose record is final', async () => {
    const world = upkeepWorld({
      clusters: [
        readyCluster(),
        claimedCluster({ id: 'c2', status: 'TERMINATED_WITH_ERRORS', runToken: 'givenup000' }),
      ],
    });
    const createdAt = at('05:00:00');
    world.put('j-1', { createdAt });
    world.put('j-8', { createdAt });
    world.put('j-9', { name: nameWith('givenup000'), createdAt });
    await world.findOrphans();
    expect(world.calls.terminate).toEqual([['j-8', 'j-9']]);
  });

  it('are what runs on although its record has ended', async () => {
    const world = upkeepWorld({ clusters: [readyCluster({ status: 'TERMINATED' })] });
    world.put('j-1', { ...orphan, createdAt: at('05:00:00') });
    await world.findOrphans();
    expect(world.calls.terminate).toEqual([['j-1']]);
  });

  it('are not what the index of active items lacks for a moment', async () => {
    const world = upkeepWorld({ clusters: [readyCluster()], jobs: [runningJob({}, { emrId: 'j-2' })] });
    world.clusters.active = async () => [];
    world.jobs.withActiveRun = async () => [];
    for (const emrId of ['j-1', 'j-2']) world.put(emrId, { createdAt: at('05:00:00') });
    await world.findOrphans();
    expect(world.calls.terminate).toEqual([]);
  });

  it('are never those of another environment', async () => {
    const world = upkeepWorld();
    world.put('j-7', { name: nameWith('orphan0000', 'prod'), createdAt: at('05:00:00') });
    await world.findOrphans();
    expect(world.calls.terminate).toEqual([]);
  });
});

describe('overdue runs', () => {
  it('are ended a quarter of an hour after their time, and mailed', async () => {
    const world = upkeepWorld({ jobs: [runningJob()] });
    world.put('j-1', { state: 'RUNNING' });
    world.clock.set(at('08:14:59'));
    await world.endOverdue();
    expect(await world.run()).toMatchObject({ termination: null });
    world.clock.set(at('08:15:00'));
    await world.endOverdue();
    expect(await world.run()).toMatchObject({ termination: { reason: 'timedOut' }, status: 'TERMINATING' });
    expect(world.held.get('j-1')?.state).toBe('TERMINATING');
    expect(world.mailed).toMatchObject([{ kind: 'run-timed-out' }]);
  });
});

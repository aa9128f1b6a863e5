import { describe, expect, it } from 'vitest';

import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { at, claimedCluster } from '../../fakes/cluster.ts';
import { claimedJob } from '../../fakes/spark-job.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';
import { flat } from '../../fakes/workload.ts';

const waiting = (launchDueAt: string, id = 'c1') =>
  claimedCluster({ id, runToken: `token00${id}`, claimedAt: at('06:30:00'), launchDueAt, launchAttemptedAt: null });

describe('clusters that wait for their turn', () => {
  it('are launched by the minute in whose course it comes, each at its time', async () => {
    const world = upkeepWorld({
      clusters: [
        waiting(at('06:40:45'), 'second'),
        waiting(at('06:40:05'), 'first'),
        waiting(at('06:41:00'), 'later'),
        claimedCluster({ id: 'attempted', runToken: 'attempted0', launchAttemptedAt: at('06:39:59') }),
      ],
    });
    await world.launchWaiting();
    expect(world.pauses).toEqual([5000, 40_000]);
    expect(world.calls.launch).toBe(2);
    const statusOf = async (id: string) => flat(await world.clusters.get(id)).status;
    expect(await Promise.all(['first', 'second', 'later', 'attempted'].map(statusOf))).toEqual([
      'STARTING',
      'STARTING',
      'LAUNCHING',
      'LAUNCHING',
    ]);
    world.clock.advance(1);
    await world.launchWaiting();
    expect(await statusOf('later')).toBe('STARTING');
    expect(world.calls.launch).toBe(3);
  });

  it('wait on while launches are paused, and so do launches of unknown outcome; extensions and ends go on', async () => {
    const lost = { id: 'lost', runToken: 'lost000000', launchAttemptedAt: at('06:20:00'), absentSweeps: 1 };
    const ended = { ...waiting(at('06:40:05'), 'over'), expiresAt: at('06:39:00') };
    const world = upkeepWorld({ clusters: [waiting(at('06:40:05'), 'first'), ended, claimedCluster(lost)] });
    world.launchPause.pause('Maintenance');
    await world.launchWaiting();
    await world.sync();
    expect(world.calls.launch).toBe(0);
    const first = flat(await world.clusters.get('first'));
    expect(first).toMatchObject({ status: 'LAUNCHING', launchAttemptedAt: null, runToken: 'token00first' });
    expect(flat(await world.clusters.get('lost')).runToken).toBe('lost000000');
    expect(flat(await world.clusters.get('over')).status).toBe('TERMINATED_WITH_ERRORS');
    world.launchPause.resume();
    await world.launchWaiting();
    expect(flat(await world.clusters.get('first')).status).toBe('STARTING');
  });

  it('are tried again in the next minute where EMR is busy, without a failure', async () => {
    const world = upkeepWorld({ clusters: [waiting(at('06:40:00'))] });
    world.failures.launch.push(...Array.from({ length: 5 }, () => new AwsThrottled('busy')));
    await world.launchWaiting();
    expect(await world.cluster()).toMatchObject({ status: 'LAUNCHING', launchAttemptedAt: null });
    await world.launchWaiting();
    expect(await world.cluster()).toMatchObject({ status: 'STARTING' });
  });

  it('are taken by no sweep for a lost launch before their turn and ten minutes, and neither are runs', async () => {
    const turn = { claimedAt: at('06:00:00'), launchDueAt: at('06:50:00'), launchAttemptedAt: null };
    const world = upkeepWorld({ clusters: [claimedCluster(turn)], jobs: [claimedJob({}, turn)] });
    for (const time of ['06:45:00', '06:50:00', '06:55:00']) {
      world.clock.set(at(time));
      await world.sync();
    }
    expect(world.calls.launch).toBe(0);
    expect(world.launches).toEqual([]);
    world.clock.set(at('07:00:00'));
    await world.sync();
    expect(world.calls.launch).toBe(1);
    expect(world.launches).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';

import { unmountUnusedHomes } from '../../../functions/upkeep/unmount-unused-homes.ts';
import type { Cluster } from '../../../shared/domain/cluster.ts';
import { AwsFailed } from '../../../shared/domain/errors.ts';
import { at, readyCluster } from '../../fakes/cluster.ts';
import { fakeClusterRepository } from '../../fakes/fake-cluster-repository.ts';
import { fakeHomeDirectories } from '../../fakes/fake-home-directories.ts';
import { testClock } from '../../fakes/test-clock.ts';

const DAY_MINUTES = 24 * 60;
const GROUPS = { nodes: 'sg-1', serviceAccess: null };

const begin = (...active: readonly Cluster[]) => {
  const clock = testClock(at('06:00:00'));
  const homes = fakeHomeDirectories(clock);
  const clusters = fakeClusterRepository(...active);
  return { clock, homes, task: unmountUnusedHomes({ homes, clusters, clock }) };
};

describe('homes that nobody uses', () => {
  it('are unmounted 30 days after the last launch with them, and no sooner', async () => {
    const { clock, homes, task } = begin();
    await homes.homeOf('sub-alice', GROUPS);
    clock.advance(DAY_MINUTES);
    await homes.homeOf('sub-bob', GROUPS);
    clock.advance(29 * DAY_MINUTES);
    await task();
    expect(homes.unmounted).toEqual([]);
    clock.advance(1);
    expect(await task()).toBe(1);
    expect(homes.unmounted).toEqual(['fs-sub-alice']);
    // A second delivery finds nothing to do.
    expect(await task()).toBe(0);
  });

  it('stay mounted while a cluster of their person runs, however long ago it was launched', async () => {
    const handedOver = readyCluster({
      id: 'c2',
      ownerId: 'sub-admin',
      launchedBy: { id: 'sub-carol', username: 'carol', email: 'carol@example.com' },
    });
    const { clock, homes, task } = begin(readyCluster(), handedOver);
    for (const person of ['sub-alice', 'sub-bob', 'sub-carol']) await homes.homeOf(person, GROUPS);
    clock.advance(40 * DAY_MINUTES);
    await task();
    expect(homes.unmounted).toEqual(['fs-sub-bob']);
  });

  it('stay mounted where nobody knows their last use', async () => {
    const { clock, homes, task } = begin();
    homes.homes.set('sub-alice', { id: 'fs-1', personKey: 'sub-alice', lastUsedAt: null });
    clock.advance(400 * DAY_MINUTES);
    await task();
    expect(homes.unmounted).toEqual([]);
  });

  it('are tried one by one: a failure stops no other and fails the task', async () => {
    const { clock, homes, task } = begin();
    for (const person of ['sub-alice', 'sub-bob']) await homes.homeOf(person, GROUPS);
    clock.advance(31 * DAY_MINUTES);
    homes.failures.push(new AwsFailed('EFS is down'));
    await expect(task()).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(homes.unmounted).toEqual(['fs-sub-bob']);
  });
});

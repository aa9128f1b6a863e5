import { describe, expect, it, vi } from 'vitest';

import { getBootstrapLog } from '../../../functions/clusters/get-bootstrap-log.ts';
import { pacedClusterDetails } from '../../../functions/clusters/paced-cluster-details.ts';
import type { ClusterDetails } from '../../../functions/ports/cluster-details.ts';
import { bootstrapLogQuery } from '../../../shared/contract/routes/cluster-details.ts';
import type { BootstrapLog, ClusterStep } from '../../../shared/domain/cluster-details.ts';
import { rolesOf } from '../../../shared/domain/cluster-details.ts';
import type { WholeList } from '../../../shared/domain/page.ts';
import { ALICE, at, BOB, claimedCluster, readyCluster } from '../../fakes/cluster.ts';
import { fakeClusterRepository } from '../../fakes/fake-cluster-repository.ts';
import { fakeGrantRepository } from '../../fakes/fake-grant-repository.ts';
import { LAUNCHED_WITH, SPOT } from '../../fakes/settings.ts';
import { testClock } from '../../fakes/test-clock.ts';

describe('the roles of a cluster’s instances', () => {
  it.each([
    [1, false, ['master']],
    [1, true, ['master']],
    [2, false, ['master', 'core']],
    [30, true, ['master', 'core', 'task']],
  ])('with size %i and spot %s are %j', (size, useSpot, roles) => {
    const launchSettings = { ...LAUNCHED_WITH, spot: useSpot ? SPOT : null };
    expect(rolesOf(claimedCluster({ size, launchSettings }))).toEqual(roles);
  });
});

describe('what is inside a cluster', () => {
  const begin = () => {
    const clock = testClock(at('06:00:00'));
    const nothing = async (): Promise<WholeList<never>> => ({ items: [], isWhole: true });
    const steps = vi.fn<ClusterDetails['steps']>(async (): Promise<WholeList<ClusterStep>> => nothing());
    return { clock, steps, paced: pacedClusterDetails({ steps, instances: nothing }, clock) };
  };

  it('is asked from EMR once for everybody who looks', async () => {
    const { clock, steps, paced } = begin();
    await Promise.all([paced.steps(readyCluster()), paced.steps(readyCluster())]);
    clock.set(at('06:00:19'));
    await paced.steps(readyCluster());
    expect(steps).toHaveBeenCalledTimes(1);
    await paced.steps(readyCluster({ id: 'c2' }));
    expect(steps).toHaveBeenCalledTimes(2);
  });

  it('is asked again once the cluster is in another state', async () => {
    const { steps, paced } = begin();
    await paced.steps(readyCluster({ status: 'RUNNING' }));
    await paced.steps(readyCluster());
    expect(steps).toHaveBeenCalledTimes(2);
  });
});

describe('the bootstrap log', () => {
  const begin = (changes: Parameters<typeof readyCluster>[0] = {}) => {
    const read = getBootstrapLog({
      clusters: fakeClusterRepository(readyCluster(changes)),
      grants: fakeGrantRepository(),
      bootstrapLogs: {
        instances: async () => ['i-00000001', 'i-0000000b'],
        of: async (_, text): Promise<BootstrapLog[]> => [
          { action: 1, stream: 'stdout', s3Uri: 's3://logs/x', text, isWhole: true },
        ],
      },
    });
    return (instance?: string) => read({ id: 'c1', instance }, ALICE);
  };

  it('is that of the instance that EMR blames, of the one asked for, or of the first', async () => {
    expect(await begin()()).toMatchObject({ instance: 'i-00000001', logs: [{ text: 'i-00000001' }] });
    expect(await begin()('i-0000000b')).toMatchObject({ instance: 'i-0000000b', logs: [{ text: 'i-0000000b' }] });
    const message = 'On the master instance (i-0000000b), bootstrap action 1 returned a non-zero return code';
    expect(await begin({ reason: { code: 'BOOTSTRAP_FAILURE', message } })()).toMatchObject({ instance: 'i-0000000b' });
  });

  it('is that of the first where none is left of the blamed one', async () => {
    const message = 'On the master instance (i-0000000c), bootstrap action 1 returned a non-zero return code';
    expect(await begin({ reason: { code: 'BOOTSTRAP_FAILURE', message } })()).toMatchObject({ instance: 'i-00000001' });
  });

  it('is asked for by ids of EC2 alone, which name no other folder', () => {
    expect(bootstrapLogQuery.parse({ instance: 'i-0123456789abcdef0' })).toEqual({ instance: 'i-0123456789abcdef0' });
    for (const instance of ['', 'i-', '../i-1', 'i-1/../../j-2', 'i-1/'])
      expect(bootstrapLogQuery.safeParse({ instance }).success).toBe(false);
  });

  it('is not there for people who may not see the cluster', async () => {
    const read = getBootstrapLog({
      clusters: fakeClusterRepository(readyCluster()),
      grants: fakeGrantRepository(),
      bootstrapLogs: {
        instances: () => Promise.reject(new Error('asked')),
        of: () => Promise.reject(new Error('asked')),
      },
    });
    await expect(read({ id: 'c1' }, BOB)).rejects.toMatchObject({ name: 'NotFound' });
  });
});

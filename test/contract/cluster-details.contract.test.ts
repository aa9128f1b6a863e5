import { EMRClient } from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';

import { emrClusterDetails } from '../../functions/adapters/emr-cluster-details.ts';
import { emrClusterLaunch } from '../../functions/adapters/emr-cluster-launch.ts';
import type { ClusterDetails } from '../../functions/ports/cluster-details.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import { claimedCluster } from '../fakes/cluster.ts';
import { GROUPS, HOME, LAUNCH_SETTINGS, SSH_KEY } from '../fakes/emr-launch.ts';
import { LAUNCHED_WITH, SPOT } from '../fakes/settings.ts';
import { startRig } from '../local/emr/rig.ts';
import { inOwnAccount, motoUrl } from '../moto/moto.ts';

interface World {
  readonly details: ClusterDetails;
  readonly launch: (changes: Parameters<typeof claimedCluster>[0]) => Promise<Cluster>;
  readonly advance: (seconds: number) => Promise<void>;
}

const worldOf = (client: EMRClient, advance: World['advance']): World => ({
  details: emrClusterDetails(client),
  launch: async (changes) => {
    const cluster = claimedCluster(changes);
    const emrId = await emrClusterLaunch(
      LAUNCH_SETTINGS,
      client,
    )({ cluster, sshKey: SSH_KEY, groups: GROUPS, home: HOME });
    return claimedCluster({ ...changes, emrId, status: 'STARTING' });
  },
  advance,
});

const moto = motoUrl();

const begin = async (): Promise<World> => {
  if (moto === null) {
    const rig = await startRig();
    return worldOf(rig.client, rig.advance);
  }
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new EMRClient({ region: 'us-west-2', endpoint: moto, credentials, maxAttempts: 1 });
  return worldOf(inOwnAccount(client), async () => {});
};

const TIME = expect.stringMatching(/^\d{4}-.*Z$/) as unknown;

describe('what EMR tells of the inside of a cluster', () => {
  it('is its steps', async () => {
    const { details, launch, advance } = await begin();
    const cluster = await launch({ size: 1 });
    await advance(600);
    expect(await details.steps(cluster)).toMatchObject({
      items: [{ id: expect.stringMatching(/^s-/), name: 'atmo-test: Set up Zeppelin', createdAt: TIME }],
      isWhole: true,
    });
  });

  it('is how far each step is', async () => {
    const { details, launch, advance } = await begin();
    const cluster = await launch({ size: 1 });
    const [pending] = (await details.steps(cluster)).items;
    expect(pending).toMatchObject({ state: 'PENDING', startedAt: null, finishedAt: null, reason: null });
    await advance(600);
    const [completed] = (await details.steps(cluster)).items;
    expect(completed).toMatchObject({ state: 'COMPLETED', startedAt: TIME, finishedAt: TIME, reason: null });
  });

  it('is its instances by their role, as they come', async () => {
    const { details, launch, advance } = await begin();
    const cluster = await launch({ size: 6, launchSettings: { ...LAUNCHED_WITH, spot: SPOT } });
    expect(await details.instances(cluster)).toEqual({ items: [], isWhole: true });
    await advance(3);
    const { items } = await details.instances(cluster);
    expect(items.map(({ role, market, state }) => `${role} ${market} ${state}`)).toEqual([
      'master onDemand BOOTSTRAPPING',
      'core onDemand BOOTSTRAPPING',
      'core onDemand BOOTSTRAPPING',
      ...Array.from({ length: 4 }, () => 'task spot BOOTSTRAPPING'),
    ]);
    expect(items[0]).toMatchObject({ id: expect.stringMatching(/^i-[0-9a-f]{17}$/), createdAt: TIME, readyAt: null });
    expect(items[0]?.type).toBe(LAUNCHED_WITH.masterInstanceType);
    await advance(600);
    const ready = (await details.instances(cluster)).items;
    expect(new Set(ready.map(({ state }) => state))).toEqual(new Set(['RUNNING']));
    expect(ready[0]).toMatchObject({ readyAt: TIME, finishedAt: null });
  });

  it('is all of many instances, and some of very many', async () => {
    const { details, launch, advance } = await begin();
    const many = await launch({ size: 120 });
    await advance(3);
    expect(await details.instances(many)).toMatchObject({ isWhole: true, items: { length: 121 } });
    const veryMany = await launch({ size: 501, runToken: '0123456780' });
    await advance(3);
    expect(await details.instances(veryMany)).toMatchObject({ isWhole: false, items: { length: 501 } });
  });

  it('is nothing before EMR has the cluster, and after EMR has forgotten it', async () => {
    const { details } = await begin();
    for (const cluster of [claimedCluster(), claimedCluster({ size: 2, emrId: 'j-FORGOTTEN1' })]) {
      expect(await details.steps(cluster)).toEqual({ items: [], isWhole: true });
      expect(await details.instances(cluster)).toEqual({ items: [], isWhole: true });
    }
  });
});

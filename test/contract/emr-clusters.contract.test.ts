import { beforeEach, describe, expect, it } from 'vitest';

import { emrClusterProvisioner } from '../../functions/adapters/emr-cluster-provisioner.ts';
import { emrClusters } from '../../functions/adapters/emr-clusters.ts';
import type { ClusterProvisioner } from '../../functions/ports/cluster-provisioner.ts';
import type { EmrClusters } from '../../functions/ports/emr-clusters.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import { ACTIVE_EMR_STATES, EMR_CLUSTER_STATES } from '../../shared/domain/emr-state.ts';
import { claimedCluster } from '../fakes/cluster.ts';
import { LAUNCH_SETTINGS, SSH_KEY } from '../fakes/emr-launch.ts';
import { ENVIRONMENT, fakeEmr, nameWith } from '../fakes/fake-emr.ts';
import { startRig } from '../local/emr/rig.ts';

interface World {
  readonly emr: EmrClusters;
  readonly provisioner: ClusterProvisioner;
  /** Lets all launched clusters become ready. */
  readonly becomeReady: () => Promise<void>;
  /** Lets all terminating clusters end. */
  readonly end: () => Promise<void>;
}

const fakeWorld = async (): Promise<World> => {
  const { emr, provisioner, held, put } = fakeEmr(systemClock);
  return {
    emr,
    provisioner,
    becomeReady: async () => {
      for (const id of held.keys())
        put(id, { state: 'WAITING', readyAt: systemClock.now(), masterAddress: 'ec2-1.compute.amazonaws.com' });
    },
    end: async () => {
      for (const [id, { state }] of held)
        if (state === 'TERMINATING')
          put(id, {
            state: 'TERMINATED',
            reason: { code: 'USER_REQUEST', message: 'Terminated by user request' },
            finishedAt: systemClock.now(),
          });
    },
  };
};

const emrWorld = async (): Promise<World> => {
  const rig = await startRig();
  return {
    emr: emrClusters(ENVIRONMENT, { client: rig.client }),
    provisioner: emrClusterProvisioner(LAUNCH_SETTINGS, rig.client),
    becomeReady: () => rig.advance(600),
    end: () => rig.advance(600),
  };
};

const implementations: [string, () => Promise<World>][] = [
  ['the fake', fakeWorld],
  ['EMR', emrWorld],
];

const token = (n: number): string => String(n).padStart(10, '0');

describe.each(implementations)('EmrClusters as %s', (_name, create) => {
  let world: World;
  beforeEach(async () => {
    world = await create();
  });
  const launch = (n: number): Promise<string> =>
    world.provisioner.launch(claimedCluster({ runToken: token(n) }), SSH_KEY);

  it('lists a launched cluster by a name that carries its token', async () => {
    const jobflowId = await launch(1);
    expect(await world.emr.list(ACTIVE_EMR_STATES)).toMatchObject([
      { jobflowId, name: nameWith(token(1)), state: 'STARTING', reason: null, readyAt: null, finishedAt: null },
    ]);
    expect(await world.emr.list(['WAITING'])).toEqual([]);
  });

  it('describes a ready cluster with its address, which the list lacks', async () => {
    const jobflowId = await launch(1);
    await world.becomeReady();
    const seen = await world.emr.describe(jobflowId);
    expect(seen).toMatchObject({
      jobflowId,
      state: 'WAITING',
      reason: null,
      masterAddress: expect.stringContaining('ec2-'),
    });
    expect(seen?.readyAt).toMatch(/^\d{4}-.*Z$/);
    expect(await world.emr.list(['WAITING'])).toMatchObject([{ jobflowId, masterAddress: null }]);
  });

  it('knows no other clusters', async () => {
    expect(await world.emr.describe('j-UNKNOWN1')).toBeNull();
  });

  it('terminates many at once, also those that have ended or that EMR has forgotten', async () => {
    const ids = await Promise.all(Array.from({ length: 23 }, (_, n) => launch(n)));
    await world.becomeReady();
    await world.emr.terminate(ids.slice(0, 1));
    await world.end();
    await world.emr.terminate(['j-UNKNOWN1', ...ids]);
    await world.end();
    expect(await world.emr.list(ACTIVE_EMR_STATES)).toEqual([]);
    expect(await world.emr.describe(ids[22] ?? '')).toMatchObject({
      state: 'TERMINATED',
      reason: { code: 'USER_REQUEST' },
      finishedAt: expect.any(String),
    });
  });

  it('lists more than a page, and only what was created after a moment', async () => {
    const before = new Date(Date.now() - 1000).toISOString();
    for (let n = 0; n < 55; n += 1) await launch(n);
    expect(await world.emr.list(EMR_CLUSTER_STATES, before)).toHaveLength(55);
    expect(await world.emr.list(EMR_CLUSTER_STATES, new Date(Date.now() + 1000).toISOString())).toEqual([]);
  });
});

describe('EMR through its adapters', () => {
  const PENDING = { runToken: token(7) };
  const start = async () => {
    const rig = await startRig();
    const launch = (changes: Parameters<typeof claimedCluster>[0] = PENDING, settings = LAUNCH_SETTINGS) =>
      emrClusterProvisioner(settings, rig.client).launch(claimedCluster(changes), SSH_KEY);
    return { rig, launch, emr: emrClusters(ENVIRONMENT, { client: rig.client }) };
  };

  it('throttles a launch before anything happened, and the adapter does not repeat it', async () => {
    const { rig, launch } = await start();
    rig.emr.control({ throttle: { RunJobFlow: 1 } });
    await expect(launch()).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(rig.emr.clusters()).toEqual([]);
    expect(rig.emr.calls()).toMatchObject({ RunJobFlow: 1 });
    await launch();
    expect(rig.emr.clusters()).toHaveLength(1);
  });

  it('leaves open what an internal error did, and the list finds the cluster by its token', async () => {
    const { rig, launch, emr } = await start();
    rig.emr.control({ errorAfterLaunch: 1 });
    await expect(launch()).rejects.toMatchObject({ name: 'LaunchUncertain' });
    expect(rig.emr.calls()).toMatchObject({ RunJobFlow: 1 });
    expect(await emr.list(ACTIVE_EMR_STATES)).toMatchObject([{ name: nameWith(token(7)) }]);
  });

  it('leaves open what happened when nobody answers', async () => {
    const { rig, launch } = await start();
    await rig.emr.close();
    await expect(launch()).rejects.toMatchObject({ name: 'LaunchUncertain' });
  });

  it('passes on EMR’s refusal', async () => {
    const { launch } = await start();
    await expect(launch({ emrRelease: '7.99.0' })).rejects.toMatchObject({
      name: 'EmrRefusedLaunch',
      message: expect.stringContaining('release label'),
    });
    await expect(launch({}, { ...LAUNCH_SETTINGS, emrMasterInstanceType: 'huge' })).rejects.toMatchObject({
      name: 'EmrRefusedLaunch',
    });
  });

  it('tells throttling from failure for every other call', async () => {
    const { rig, emr } = await start();
    for (const call of [() => emr.list(['WAITING']), () => emr.describe('j-1'), () => emr.terminate(['j-1'])]) {
      rig.emr.control({ throttle: { ListClusters: 1, DescribeCluster: 1, TerminateJobFlows: 1 } });
      await expect(call()).rejects.toMatchObject({ name: 'AwsThrottled' });
      rig.emr.control({ throttle: { ListClusters: 0, DescribeCluster: 0, TerminateJobFlows: 0 } });
      rig.emr.control({ errorNext: { ListClusters: 1, DescribeCluster: 1, TerminateJobFlows: 1 } });
      await expect(call()).rejects.toMatchObject({ name: 'AwsFailed' });
      rig.emr.control({ errorNext: { ListClusters: 0, DescribeCluster: 0, TerminateJobFlows: 0 } });
    }
  });

  it('falls back to on-demand nodes when spot is short', async () => {
    const { rig, launch } = await start();
    rig.emr.control({ spotShortage: true });
    await launch({ size: 3 }, { ...LAUNCH_SETTINGS, emrUseSpot: 'true' });
    await rig.advance(20 * 60);
    expect(rig.emr.clusters()).toMatchObject([
      {
        state: 'WAITING',
        instances: [{ role: 'MASTER' }, { role: 'CORE', markets: ['ON_DEMAND', 'ON_DEMAND', 'ON_DEMAND'] }],
      },
    ]);
  });

  it('sees nothing of other environments', async () => {
    const { rig, launch } = await start();
    await launch();
    const others = emrClusters('test-2', { client: rig.client });
    expect(await others.list(ACTIVE_EMR_STATES)).toEqual([]);
  });
});

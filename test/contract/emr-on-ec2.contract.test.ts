import { EMRClient } from '@aws-sdk/client-emr';
import { beforeEach, describe, expect, it } from 'vitest';

import { emrClusterLaunch } from '../../functions/adapters/emr-cluster-launch.ts';
import { emrOnEc2 } from '../../functions/adapters/emr-on-ec2.ts';
import type { ClusterLaunch, EmrEngine, Launch } from '../../functions/ports/emr-engine.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import { PHASES, type Phase } from '../../shared/domain/engine.ts';
import { claimedCluster } from '../fakes/cluster.ts';
import { GROUPS, HOME, LAUNCH_SETTINGS, SSH_KEY } from '../fakes/emr-launch.ts';
import { ENVIRONMENT, fakeEmr } from '../fakes/fake-emr.ts';
import { LAUNCHED_WITH, SPOT } from '../fakes/settings.ts';
import { startRig } from '../local/emr/rig.ts';
import { inOwnAccount, motoUrl } from '../moto/moto.ts';

interface World {
  readonly emr: EmrEngine;
  readonly launch: Launch<ClusterLaunch>;
  /** Lets all launched clusters become ready. */
  readonly becomeReady: () => Promise<void>;
  /** Lets all terminating clusters end. */
  readonly end: () => Promise<void>;
}

const fakeWorld = async (): Promise<World> => {
  const { emr, launcher, held, put } = fakeEmr(systemClock);
  return {
    emr,
    launch: launcher.launch,
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
    emr: emrOnEc2(ENVIRONMENT, { client: rig.client }),
    launch: emrClusterLaunch(LAUNCH_SETTINGS, rig.client),
    becomeReady: () => rig.advance(600),
    end: () => rig.advance(600),
  };
};

/** moto's clusters are ready at once and end at once. */
const motoWorld = async (endpoint: string): Promise<World> => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = inOwnAccount(new EMRClient({ region: 'us-west-2', endpoint, credentials, maxAttempts: 1 }));
  return {
    emr: emrOnEc2(ENVIRONMENT, { client }),
    launch: emrClusterLaunch(LAUNCH_SETTINGS, client),
    becomeReady: async () => {},
    end: async () => {},
  };
};

const moto = motoUrl();

const implementations: [string, () => Promise<World>][] = [
  ['the fake', fakeWorld],
  ['EMR', moto === null ? emrWorld : () => motoWorld(moto)],
];

const ACTIVE: readonly Phase[] = ['starting', 'running', 'ending'];

const token = (n: number): string => String(n).padStart(10, '0');

describe.each(implementations)('EmrEngine as %s', (_name, create) => {
  let world: World;
  beforeEach(async () => {
    world = await create();
  });
  const launch = (n: number): Promise<string> =>
    world.launch({ cluster: claimedCluster({ runToken: token(n) }), sshKey: SSH_KEY, groups: GROUPS, home: HOME });

  it('lists a launched cluster by a name that carries its token', async () => {
    const emrId = await launch(1);
    expect(await world.emr.list(ACTIVE)).toMatchObject([
      { emrId, runToken: token(1), state: 'STARTING', reason: null, readyAt: null, finishedAt: null },
    ]);
    expect(await world.emr.list(['running'])).toEqual([]);
  });

  it('describes a ready cluster with its address, which the list lacks', async () => {
    const emrId = await launch(1);
    await world.becomeReady();
    const seen = await world.emr.describe(emrId);
    expect(seen).toMatchObject({
      emrId,
      runToken: token(1),
      state: 'WAITING',
      reason: null,
      masterAddress: expect.stringContaining('ec2-'),
    });
    expect(seen?.readyAt).toMatch(/^\d{4}-.*Z$/);
    expect(await world.emr.list(['running'])).toMatchObject([{ emrId, masterAddress: null }]);
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
    expect(await world.emr.list(ACTIVE)).toEqual([]);
    expect(await world.emr.describe(ids[22] ?? '')).toMatchObject({
      state: 'TERMINATED',
      reason: { code: 'USER_REQUEST' },
      finishedAt: expect.any(String),
    });
  });

  it('lists more than a page, and only what was created after a moment', async () => {
    const before = new Date(Date.now() - 1000).toISOString();
    for (let n = 0; n < 55; n += 1) await launch(n);
    expect(await world.emr.list(PHASES, before)).toHaveLength(55);
    expect(await world.emr.list(PHASES, new Date(Date.now() + 1000).toISOString())).toEqual([]);
  });
});

describe('EMR through its adapters', () => {
  const PENDING = { runToken: token(7) };
  const start = async () => {
    const rig = await startRig();
    const launch = (changes: Parameters<typeof claimedCluster>[0] = PENDING) =>
      emrClusterLaunch(
        LAUNCH_SETTINGS,
        rig.client,
      )({ cluster: claimedCluster(changes), sshKey: SSH_KEY, groups: GROUPS, home: HOME });
    return { rig, launch, emr: emrOnEc2(ENVIRONMENT, { client: rig.client }) };
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
    expect(await emr.list(ACTIVE)).toMatchObject([{ runToken: token(7) }]);
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
    await expect(launch({ launchSettings: { ...LAUNCHED_WITH, masterInstanceType: 'huge' } })).rejects.toMatchObject({
      name: 'EmrRefusedLaunch',
    });
  });

  it('tells throttling from failure for every other call', async () => {
    const { rig, emr } = await start();
    for (const call of [() => emr.list(['running']), () => emr.describe('j-1'), () => emr.terminate(['j-1'])]) {
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
    await launch({ size: 3, launchSettings: { ...LAUNCHED_WITH, spot: SPOT } });
    await rig.advance(20 * 60);
    expect(rig.emr.clusters()).toMatchObject([
      {
        state: 'WAITING',
        instances: [
          { role: 'MASTER', markets: ['ON_DEMAND'] },
          { role: 'CORE', markets: ['ON_DEMAND'] },
          { role: 'TASK', markets: ['ON_DEMAND', 'ON_DEMAND'] },
        ],
      },
    ]);
  });

  it('sees nothing of other environments', async () => {
    const { rig, launch } = await start();
    await launch();
    const others = emrOnEc2('test-2', { client: rig.client });
    expect(await others.list(ACTIVE)).toEqual([]);
  });
});

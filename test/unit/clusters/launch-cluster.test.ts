import { beforeEach, describe, expect, it } from 'vitest';

import { quotaReservations } from '../../../functions/access/quota-reservations.ts';
import { clusterLifecycle } from '../../../functions/clusters/cluster-lifecycle.ts';
import { clusterToView } from '../../../functions/clusters/cluster-view.ts';
import { launchCluster } from '../../../functions/clusters/launch-cluster.ts';
import type { ClusterRequest } from '../../../shared/domain/cluster.ts';
import { SEED_EMR_RELEASES, withFacts } from '../../../shared/domain/emr-release.ts';
import {
  AwsFailed,
  HomeUnavailable,
  AwsThrottled,
  EmrRefusedLaunch,
  LaunchUncertain,
} from '../../../shared/domain/errors.ts';
import type { Caller } from '../../../shared/domain/person.ts';
import type { SshKey } from '../../../shared/domain/ssh-key.ts';
import { ADMIN, ALICE, at, BOB, MAINTAINER, readyCluster, terminating } from '../../fakes/cluster.ts';
import { SSH_KEY } from '../../fakes/emr-launch.ts';
import { fakeClusterNetwork } from '../../fakes/fake-cluster-network.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeHomeDirectories } from '../../fakes/fake-home-directories.ts';
import { fakeClusterRepository } from '../../fakes/fake-cluster-repository.ts';
import { fakeEmr } from '../../fakes/fake-emr.ts';
import { fakeLaunchSlots } from '../../fakes/fake-launch-slots.ts';
import { fakeOwnActs } from '../../fakes/fake-own-acts.ts';
import { fakeReservationRepository } from '../../fakes/fake-reservation-repository.ts';
import { fakeSshKeyRepository } from '../../fakes/fake-ssh-key-repository.ts';
import { PRICING } from '../../fakes/pricing.ts';
import { budgetWorld } from '../../fakes/budget-world.ts';
import { testClock } from '../../fakes/test-clock.ts';
import { flat } from '../../fakes/workload.ts';
import { DEFAULT_QUOTA_RULES, DEFAULT_QUOTAS, type QuotaRules } from '../../../shared/domain/quota.ts';
import { settingsOf } from '../../fakes/settings.ts';
import { fakeLaunchPause } from '../../fakes/fake-launch-pause.ts';
import { DEFAULT_LIMITS, type CurrentSettings } from '../../../shared/domain/settings.ts';

const REQUEST: ClusterRequest = {
  identifier: 'eager-curie-0001',
  size: 1,
  lifetime: 8,
  sshKeyId: 'key',
  emrRelease: '7.10.0',
  idleHours: 3,
};

const rig = (...moreKeys: readonly SshKey[]) => {
  const clock = testClock(at('06:00:00'));
  const world = fakeEmr(clock);
  const clusters = fakeClusterRepository();
  const reservations = fakeReservationRepository();
  let rules: QuotaRules = DEFAULT_QUOTA_RULES;
  const quotas = quotaReservations({ reservations, quotaRules: async () => rules, clock });
  const held = async () => (await reservations.change(ALICE.id, (same) => same)).held;
  let settings = settingsOf();
  const ofBudgets = budgetWorld(clock);
  const { budgets } = ofBudgets;
  const launchPause = fakeLaunchPause();
  const launchSlots = fakeLaunchSlots(clock);
  const pauses: number[] = [];
  let ids = 0;
  const waits: number[] = [];
  const sshKeys = fakeSshKeyRepository(
    SSH_KEY,
    { ...SSH_KEY, id: 'bobs', ownerId: 'sub-bob', owner: 'bob' },
    ...moreKeys,
  );
  const network = fakeClusterNetwork();
  const homes = fakeHomeDirectories(clock);
  const newRunToken = () => '0123456789';
  const acts = fakeOwnActs();
  const audit = fakeAuditTrail();
  const lifecycle = clusterLifecycle({
    clusters,
    quotas,
    budgets,
    sshKeys,
    engines: world.engines,
    network,
    homes,
    launches: world.launches,
    acts,
    launchPause,
    clock,
    retryTiming: {
      pause: async (milliseconds) => void waits.push(milliseconds),
      random: () => 0.5,
    },
    newRunToken,
  });
  const launch = launchCluster({
    clusters,
    quotas,
    budgets,
    audit,
    lifecycle,
    toView: clusterToView({ allowsSsh: true, jupyterUrl: 'http://localhost:8888' }),
    clock,
    pricing: PRICING,
    launchPause,
    settings: async () => settings,
    quotaRules: async () => rules,
    newId: () => `c${(ids += 1)}`,
    newRunToken,
    launchSlots,
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
      clock.advance(milliseconds / 60_000);
    },
    sshKeys,
    releases: {
      all: async () =>
        withFacts(
          SEED_EMR_RELEASES.map((release) => Object.assign({}, release, { isActive: release.version !== '7.5.0' })),
        ),
    },
  });
  const changeQuotas = (changed: QuotaRules): void => {
    rules = changed;
  };
  const changeSettings = (changes: Partial<CurrentSettings>): void => {
    settings = settingsOf(changes);
  };
  const stored = async () => (await clusters.list('all', null, { limit: 10 })).items.map(flat);
  return {
    ...world,
    ...ofBudgets,
    network,
    audit,
    launchPause,
    homes,
    emrHeld: world.held,
    clock,
    clusters,
    waits,
    launch,
    stored,
    held,
    launchSlots,
    pauses,
    changeSettings,
    changeQuotas,
  };
};

describe('launching a cluster', () => {
  let world: ReturnType<typeof rig>;
  beforeEach(() => {
    world = rig();
  });
  const launch = (changes: Partial<ClusterRequest> = {}, person: Caller = ALICE) =>
    world.launch({ ...REQUEST, ...changes }, person);

  it('appends the next free number where an active cluster of the person has the identifier', async () => {
    const active = readyCluster({ id: 'other' });
    await world.clusters.claimLaunch(active);
    expect(await launch({ identifier: active.identifier })).toMatchObject({ identifier: `${active.identifier}-2` });
  });

  it('leaves the identifier where only an ended cluster, or another person’s, has it', async () => {
    await world.clusters.claimLaunch(readyCluster({ id: 'ended', status: 'TERMINATED' }));
    await world.clusters.claimLaunch(readyCluster({ id: 'bobs', ownerId: 'sub-bob' }));
    expect(await launch()).toMatchObject({ identifier: REQUEST.identifier });
  });

  it('claims, launches and records', async () => {
    expect(await launch()).toMatchObject({
      id: 'c1',
      owner: 'alice',
      status: 'STARTING',
      jobflowId: 'j-0123456789',
      createdAt: at('06:00:00'),
      expiresAt: at('14:00:00'),
      idleHours: 3,
      cost: { hourly: 0.24, parts: { ec2: 0.192, emr: 0.048 }, currency: 'USD', since: at('06:00:00'), until: null },
      access: null,
      isActive: true,
      isReady: false,
      permissions: ['view', 'manage', 'share', 'connect'],
    });
    expect(await world.stored()).toMatchObject([{ id: 'c1', runToken: '0123456789', emrId: 'j-0123456789' }]);
  });

  it('writes the claim before EMR is asked', async () => {
    const { launch: launchInEmr } = world.launcher;
    let claimed: unknown;
    world.launcher.launch = async (order) => {
      claimed = flat(await world.clusters.get(order.cluster.id));
      return launchInEmr(order);
    };
    await launch();
    expect(claimed).toMatchObject({ status: 'LAUNCHING', emrId: null, runToken: '0123456789' });
  });

  it.each([
    ['over 30 workers', { size: 31 }, ['size']],
    ['a lifetime over the limit', { lifetime: 25 }, ['lifetime']],
    ['more idle hours than the limit', { idleHours: 25 }, ['idleHours']],
    ['what is far over each limit', { size: 1000, lifetime: 1000, idleHours: 1000 }, ['size', 'lifetime', 'idleHours']],
    ['somebody else’s key', { sshKeyId: 'bobs' }, ['sshKeyId']],
    ['a key that does not exist', { sshKeyId: 'none' }, ['sshKeyId']],
    ['an inactive release', { emrRelease: '7.5.0' }, ['emrRelease']],
    ['an unknown release', { emrRelease: '9.9.9' }, ['emrRelease']],
    ['all of it at once', { size: 31, sshKeyId: 'bobs', emrRelease: '9.9.9' }, ['size', 'sshKeyId', 'emrRelease']],
  ])('refuses %s, naming the fields, and launches nothing', async (_what, changes, fields) => {
    await expect(launch(changes)).rejects.toMatchObject({
      name: 'InvalidInput',
      errors: fields.map((field) => ({ field })),
    });
    expect(world.calls.launch).toBe(0);
    expect(await world.stored()).toEqual([]);
  });

  it('tells nobody whether somebody else’s key exists', async () => {
    const [others, unknown] = await Promise.all(
      ['bobs', 'none'].map((sshKeyId) => launch({ sshKeyId }).catch((error: Error) => error.message)),
    );
    expect(others).toBe(unknown);
  });

  it('takes limits, presets and everything else from the settings of its moment, and keeps what it used', async () => {
    world.changeSettings({
      version: 5,
      masterInstanceType: 'r7g.xlarge',
      accountingTags: { CostCenter: '4711' },
      limits: { ...DEFAULT_LIMITS, maxSize: 40, maxLifetime: 72, defaultLifetime: 48, maxIdleHours: 36 },
    });
    const { lifetime: _, ...withoutLifetime } = REQUEST;
    expect(await world.launch({ ...withoutLifetime, size: 40, idleHours: 36 }, ALICE)).toMatchObject({ lifetime: 48 });
    const [cluster] = await world.stored();
    const used = { settingsVersion: 5, masterInstanceType: 'r7g.xlarge', accountingTags: { CostCenter: '4711' } };
    expect(cluster?.launchSettings).toMatchObject(used);
    // What admins save later changes nothing of it.
    world.changeSettings({ version: 6 });
    expect((await world.stored())[0]?.launchSettings).toMatchObject(used);
    await expect(launch({ lifetime: 48 })).rejects.toMatchObject({
      errors: [{ field: 'lifetime', message: expect.stringMatching(/2 to 24/) as string }],
    });
  });

  it('is refused for longer than the person’s clusters may have', async () => {
    const rules = { everyone: { ...DEFAULT_QUOTAS, clusterHours: 6 }, people: { [BOB.id]: { clusterHours: 8 } } };
    const world6 = rig({ ...SSH_KEY, id: 'bobs-own', ownerId: BOB.id });
    world6.changeQuotas(rules);
    await expect(world6.launch({ ...REQUEST }, ALICE)).rejects.toMatchObject({
      name: 'QuotaExceeded',
      message: expect.stringMatching(/of the 6 hours/) as string,
    });
    expect(await world6.launch({ ...REQUEST, sshKeyId: 'bobs-own' }, BOB)).toMatchObject({ lifetime: 8 });
  });

  it('is refused with the reason while launches are paused, and takes neither room nor slot', async () => {
    world.launchPause.pause('The account is over its limit');
    await expect(launch()).rejects.toMatchObject({
      name: 'LaunchesPaused',
      message:
        'Launches are paused: The account is over its limit. Ask an administrator of the portal when they go on.',
    });
    expect(await world.held()).toEqual([]);
    expect(await world.stored()).toEqual([]);
    expect(Date.parse(await world.launchSlots.take('cluster'))).toBe(Date.parse(at('06:00:00')));
    world.launchPause.resume();
    expect(await launch()).toMatchObject({ status: 'STARTING' });
  });

  it('waits on where launches are paused between its claim and the call', async () => {
    const { claimLaunch } = world.clusters;
    world.clusters.claimLaunch = async (cluster) => {
      await claimLaunch(cluster);
      world.launchPause.pause('Just now');
    };
    expect(await launch()).toMatchObject({ status: 'LAUNCHING', phase: 'waiting' });
    expect(world.calls.launch).toBe(0);
    expect(await world.stored()).toMatchObject([{ launchAttemptedAt: null }]);
  });

  it.each([MAINTAINER, ADMIN])('lets $username launch any size', async (person) => {
    const { launch: launchAs } = rig({ ...SSH_KEY, id: 'own', ownerId: person.id });
    const view = await launchAs({ ...REQUEST, size: 100, sshKeyId: 'own' }, person);
    expect(view).toMatchObject({ size: 100, cost: { hourly: 24.24 } });
  });

  it('waits out a throttled launch with full jitter, and launches once', async () => {
    world.failures.launch.push(new AwsThrottled('busy'), new AwsThrottled('busy'));
    expect(await launch()).toMatchObject({ status: 'STARTING' });
    expect(world.waits).toEqual([500, 1000]);
    expect(world.emrHeld.size).toBe(1);
  });

  it('leaves a cluster waiting where EMR stays busy, for the upkeep to launch, and tells nobody of throttling', async () => {
    world.failures.launch.push(...Array.from({ length: 9 }, () => new AwsThrottled('busy')));
    expect(await launch()).toMatchObject({ id: 'c1', phase: 'waiting', isActive: true });
    expect(world.calls.launch).toBe(5);
    expect(world.waits.reduce((sum, wait) => sum + wait, 0) * 2).toBeLessThan(20_000);
    expect(await world.stored()).toMatchObject([{ status: 'LAUNCHING', launchAttemptedAt: null }]);
    expect(await world.held()).toMatchObject([{ id: 'c1' }]);
  });

  it('takes the claim and its reservation back where EMR fails, and says so', async () => {
    world.failures.launch.push(new AwsFailed('EMR is down'));
    await expect(launch()).rejects.toMatchObject({ name: 'AwsFailed' });
    expect(await world.stored()).toEqual([]);
    expect(await world.held()).toEqual([]);
    expect(await world.used(ALICE.id)).toBe(0);
  });

  it('over a budget is refused before anything is written, and reserves nothing', async () => {
    await world.setBudgets({ everyone: 7.67 });
    await expect(launch({ size: 3, lifetime: 8 })).rejects.toMatchObject({ name: 'BudgetExceeded' });
    expect(await world.stored()).toEqual([]);
    expect(await world.held()).toEqual([]);
    expect(world.calls.launch).toBe(0);
    expect(world.audit.entries.map(({ action, object }) => [action, object.id])).toEqual([
      ['cluster.launch', expect.any(String)],
      ['cluster.refuse-launch', world.audit.entries[0]?.object.id],
    ]);
    expect(world.audit.entries[1]?.detail['reason']).toMatch(/budget/i);
    await world.setBudgets({ everyone: 7.68 });
    await launch({ size: 3, lifetime: 8 });
    expect(await world.used(ALICE.id)).toBe(7.68);
    await expect(launch({ size: 1, lifetime: 2 })).rejects.toMatchObject({ name: 'BudgetExceeded' });
  });

  it('refused by EMR counts nothing', async () => {
    world.failures.launch.push(new EmrRefusedLaunch('No'));
    await expect(launch()).rejects.toMatchObject({ name: 'EmrRefusedLaunch' });
    expect(await world.used(ALICE.id)).toBe(0);
  });

  it('puts the cluster into the groups of its owner', async () => {
    const { launch: launchInEmr } = world.launcher;
    const groups: unknown[] = [];
    world.launcher.launch = async (order) => {
      groups.push(order.groups);
      return launchInEmr(order);
    };
    await launch();
    expect(groups).toEqual([await world.network.groupsOf(ALICE.id, 'cluster')]);
  });

  it('brings the home of its owner along, and shows that it is kept', async () => {
    const { launch: launchInEmr } = world.launcher;
    const homes: unknown[] = [];
    world.launcher.launch = async (order) => {
      homes.push(order.home);
      return launchInEmr(order);
    };
    expect(await launch()).toMatchObject({ home: { isKept: true, problem: null } });
    expect(homes).toEqual([await world.homes.homeOf(ALICE.id, { nodes: '', serviceAccess: null })]);
    expect(await world.stored()).toMatchObject([{ home: { isKept: true, problem: null } }]);
  });

  it.each([
    new HomeUnavailable('The home directory cannot be used: the quota is used up.'),
    new AwsFailed('EFS is still making the home directory.'),
  ])('launches without a home where there is none to be had, and says why: %s', async (error) => {
    world.homes.failures.push(error);
    expect(await launch()).toMatchObject({ phase: 'starting', home: { isKept: false, problem: error.message } });
    expect(world.calls.launch).toBe(1);
  });

  it('waits out a throttled EFS, and then launches without', async () => {
    world.homes.failures.push(...Array.from({ length: 5 }, () => new AwsThrottled('EFS is busy.')));
    expect(await launch()).toMatchObject({ phase: 'starting', home: { isKept: false, problem: 'EFS is busy.' } });
    expect(world.waits).toHaveLength(4);
  });

  it('launches nothing where its network fails, takes the claim back and says so', async () => {
    world.network.failures.push(new AwsFailed('EC2 is down'));
    await expect(launch()).rejects.toMatchObject({ name: 'AwsFailed', message: 'EC2 is down' });
    expect(world.calls.launch).toBe(0);
    expect(await world.stored()).toEqual([]);
    expect(await world.held()).toEqual([]);
  });

  it('waits out a throttled network, and leaves the cluster to the upkeep where EC2 stays busy', async () => {
    world.network.failures.push(new AwsThrottled('busy'));
    expect(await launch()).toMatchObject({ phase: 'starting' });
    expect(world.waits).toEqual([500]);
    world.network.failures.push(...Array.from({ length: 5 }, () => new AwsThrottled('busy')));
    expect(await launch()).toMatchObject({ phase: 'waiting' });
    expect(world.calls.launch).toBe(1);
  });

  it('records as failed what the network of the account has no place for', async () => {
    world.network.failures.push(new EmrRefusedLaunch('The quota is used up. Nothing was launched.'));
    await expect(launch()).rejects.toMatchObject({ name: 'EmrRefusedLaunch' });
    expect(world.calls.launch).toBe(0);
    expect(await world.stored()).toMatchObject([
      { status: 'TERMINATED_WITH_ERRORS', reason: { message: 'The quota is used up. Nothing was launched.' } },
    ]);
  });

  it('goes before runs that wait, and waits for a near slot within the request', async () => {
    for (let count = 0; count < 10; count += 1) await world.launchSlots.take('run');
    expect(await launch()).toMatchObject({ phase: 'starting' });
    expect(await launch()).toMatchObject({ phase: 'starting' });
    expect(world.pauses).toEqual([]);
    world.clock.advance(0.05);
    expect(await launch()).toMatchObject({ phase: 'starting' });
    expect(world.pauses.at(-1)).toBe(3 * 2110 - 3000);
    expect(world.calls.launch).toBe(3);
  });

  it('leaves a cluster whose slot is later waiting, and asks EMR for nothing', async () => {
    for (let count = 0; count < 100; count += 1) await world.launchSlots.take('run');
    for (let count = 0; count < 2; count += 1) await launch();
    expect(await launch()).toMatchObject({ phase: 'waiting', status: 'LAUNCHING', jobflowId: null });
    expect((await world.stored()).at(-1)).toMatchObject({ launchDueAt: at('06:00:40'), launchAttemptedAt: null });
    expect(world.calls.launch).toBe(2);
    expect(world.pauses).toEqual([]);
  });

  it('keeps a launch of unknown outcome as LAUNCHING and never calls twice', async () => {
    world.failures.launch.push(new LaunchUncertain('EMR failed'));
    expect(await launch()).toMatchObject({ status: 'LAUNCHING', jobflowId: null, isActive: true });
    expect(world.calls.launch).toBe(1);
  });

  it('records EMR’s refusal as a failed cluster', async () => {
    world.failures.launch.push(new EmrRefusedLaunch('ServiceRole is invalid'));
    await expect(launch()).rejects.toMatchObject({ name: 'EmrRefusedLaunch', message: 'ServiceRole is invalid' });
    expect(await world.stored()).toMatchObject([
      {
        status: 'TERMINATED_WITH_ERRORS',
        reason: { code: 'VALIDATION_ERROR', message: 'ServiceRole is invalid' },
        finishedAt: at('06:00:00'),
      },
    ]);
    expect(await world.held()).toEqual([]);
  });

  it.each([
    ['The supplied release label is invalid: emr-7.10.0.', 'emrRelease'],
    ['The number of instances exceeds your limit', 'size'],
  ])('names the field where EMR’s refusal (%s) points to it', async (message, field) => {
    world.failures.launch.push(new EmrRefusedLaunch(message));
    await expect(launch()).rejects.toMatchObject({ name: 'InvalidInput', errors: [{ field }] });
    expect(await world.stored()).toMatchObject([{ status: 'TERMINATED_WITH_ERRORS' }]);
  });

  it('leaves a launched cluster to the sweep where it cannot be recorded, and never takes that claim back', async () => {
    world.homes.homeOf = async () => null;
    world.clusters.change = async () => {
      throw new AwsThrottled('DynamoDB is busy');
    };
    expect(await launch()).toMatchObject({ status: 'LAUNCHING', phase: 'starting' });
    expect(await world.stored()).toMatchObject([{ status: 'LAUNCHING', runToken: '0123456789' }]);
    expect(world.emrHeld.size).toBe(1);
    expect(await world.held()).toMatchObject([{ id: 'c1' }]);
  });

  it('lets five of ten launches pass that come at once, and writes nothing for the others', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => launch()));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason as unknown)).toEqual(
      Array(5).fill(expect.objectContaining({ name: 'QuotaExceeded' })),
    );
    expect(world.calls.launch).toBe(5);
    expect(await world.stored()).toHaveLength(5);
    expect(await world.held()).toHaveLength(5);
  });

  it('reserves workers before the claim is written', async () => {
    const { claimLaunch } = world.clusters;
    let atClaim: unknown;
    world.clusters.claimLaunch = async (cluster) => {
      atClaim = await world.held();
      return claimLaunch(cluster);
    };
    await launch({ size: 30 });
    expect(atClaim).toMatchObject([{ kind: 'cluster', id: 'c1', workers: 30 }]);
    await launch({ size: 30 });
    await expect(launch({ size: 1 })).rejects.toMatchObject({ name: 'QuotaExceeded' });
  });

  it('ends what was asked to end while it was being launched', async () => {
    const { launch: launchInEmr } = world.launcher;
    world.launcher.launch = async (order) => {
      await world.clusters.change('c1', (current) =>
        terminating(current, { by: 'alice', reason: 'requested', at: at('06:00:00') }),
      );
      return launchInEmr(order);
    };
    expect(await launch()).toMatchObject({ status: 'TERMINATING', termination: { by: 'alice' } });
    expect(world.calls.terminate).toEqual([['j-0123456789']]);
  });

  it('answers with the launched cluster where EMR does not take its end at once', async () => {
    const { launch: launchInEmr } = world.launcher;
    world.launcher.launch = async (order) => {
      await world.clusters.change('c1', (current) =>
        terminating(current, { by: 'alice', reason: 'requested', at: at('06:00:00') }),
      );
      return launchInEmr(order);
    };
    world.failures.terminate.push(new AwsFailed('EMR is down'));
    expect(await launch()).toMatchObject({ status: 'STARTING', termination: { by: 'alice' } });
  });
});

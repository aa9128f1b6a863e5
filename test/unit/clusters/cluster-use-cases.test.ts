import { describe, expect, it, vi } from 'vitest';

import { quotaReservations } from '../../../functions/access/quota-reservations.ts';
import { clusterOwner } from '../../../functions/clusters/cluster-owner.ts';
import { clusterToView } from '../../../functions/clusters/cluster-view.ts';
import { estimateCluster } from '../../../functions/clusters/estimate-cluster.ts';
import { checkLaunch } from '../../../functions/clusters/launch-rules.ts';
import { metrics } from '../../../functions/runtime/metrics.ts';
import { extendCluster } from '../../../functions/clusters/extend-cluster.ts';
import { getClusterDefaults } from '../../../functions/clusters/get-cluster-defaults.ts';
import { getCluster } from '../../../functions/clusters/get-cluster.ts';
import { listClusters } from '../../../functions/clusters/list-clusters.ts';
import { listEmrReleases } from '../../../functions/releases/list-emr-releases.ts';
import { workloadCare } from '../../../functions/workloads/workload-lifecycle.ts';
import { terminateCluster } from '../../../functions/clusters/terminate-cluster.ts';
import type { Cluster } from '../../../shared/domain/cluster.ts';
import { withFacts, type KeptEmrRelease } from '../../../shared/domain/emr-release.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { PRICING } from '../../fakes/pricing.ts';
import { ADMIN, ALICE, at, BOB, claimedCluster, MAINTAINER, readyCluster } from '../../fakes/cluster.ts';
import { SSH_KEY } from '../../fakes/emr-launch.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeClusterRepository } from '../../fakes/fake-cluster-repository.ts';
import { fakeEmr } from '../../fakes/fake-emr.ts';
import { fakeGrantRepository } from '../../fakes/fake-grant-repository.ts';
import { grantOnCluster } from '../../fakes/grant.ts';
import { fakeOwnActs } from '../../fakes/fake-own-acts.ts';
import { fakeReservationRepository } from '../../fakes/fake-reservation-repository.ts';
import { budgetWorld } from '../../fakes/budget-world.ts';
import { fakeSshKeyRepository } from '../../fakes/fake-ssh-key-repository.ts';
import { testClock } from '../../fakes/test-clock.ts';
import { readFake, quotaRules } from '../../fakes/settings.ts';
import { DEFAULT_LIMITS, type CurrentSettings } from '../../../shared/domain/settings.ts';

const JUPYTER_URL = 'http://localhost:8888';

const rig = (...present: Cluster[]) => {
  const clock = testClock(at('07:00:00'));
  const clusters = fakeClusterRepository(...present);
  const reservations = fakeReservationRepository();
  const quotas = quotaReservations({ reservations, quotaRules, clock });
  const world = fakeEmr(clock);
  for (const { workload } of present) if (workload.emrId !== null) world.put(workload.emrId, { state: 'WAITING' });
  const grants = fakeGrantRepository();
  const ofBudgets = budgetWorld(clock);
  const audit = fakeAuditTrail();
  const care = workloadCare({ engines: world.engines, acts: fakeOwnActs() });
  const deps = {
    ...ofBudgets,
    audit,
    clusters,
    grants,
    quotas,
    clock,
    settings: readFake(),
    toView: clusterToView({ allowsSsh: true, jupyterUrl: JUPYTER_URL }),
    quotaRules,
  };
  return {
    ...world,
    ...ofBudgets,
    audit,
    quotas,
    reservations,
    clock,
    clusters,
    grants,
    get: getCluster(deps),
    list: listClusters(deps),
    extend: extendCluster(deps),
    terminate: terminateCluster({ ...deps, lifecycle: { ...care, owning: clusterOwner(deps) } }),
  };
};

const NOT_FOUND = { name: 'NotFound' };
const FINISHED = [
  readyCluster({ status: 'TERMINATED', finishedAt: at('06:30:00') }),
  readyCluster({ status: 'TERMINATED_WITH_ERRORS', finishedAt: at('06:30:00') }),
];

describe('one cluster', () => {
  it('shows the owner the way in once it is ready', async () => {
    const home = { isKept: true, problem: null };
    const { access, ...view } = await rig(readyCluster({ home })).get({ id: 'c1' }, ALICE);
    expect(view).toMatchObject({
      phase: 'running',
      isReady: true,
      home,
      cost: { hourly: 0.2, parts: { ec2: 0.16, emr: 0.04 }, currency: 'USD', since: at('06:00:01'), until: null },
    });
    const target = 'hadoop@ec2-1-2-3-4.us-west-2.compute.amazonaws.com';
    const forwards = '-L 8888:localhost:8888 -L 8890:localhost:8890';
    expect(access).toMatchObject({
      tunnel: `ssh -N ${forwards} ${target}`,
      tunnelWithKey: `ssh -i <key> -N ${forwards} ${target}`,
      ssh: `ssh ${target}`,
      copyNotebooks: `scp *.ipynb ${target}:work/`,
      efsMount: expect.stringContaining(`${target}:work`),
      jupyterUrl: 'http://localhost:8888',
      zeppelinUrl: 'http://localhost:8890',
    });
    expect(access?.sshConfig.split('\n')).toEqual([
      'Host eager-curie-0001',
      '  HostName ec2-1-2-3-4.us-west-2.compute.amazonaws.com',
      '  User hadoop',
      '  # IdentityFile <key>',
      '  LocalForward 8888 localhost:8888',
      '  LocalForward 8890 localhost:8890',
    ]);
  });

  it('shows no way to a Zeppelin that the release has not', async () => {
    const { access } = await rig(readyCluster({ emrRelease: 'spark-8.0.0' })).get({ id: 'c1' }, ALICE);
    expect(access).toMatchObject({ jupyterUrl: 'http://localhost:8888', zeppelinUrl: null });
    expect(JSON.stringify(access)).not.toContain('8890');
  });

  it.each([
    ['is not ready', readyCluster({ status: 'BOOTSTRAPPING' })],
    ['has no address yet', readyCluster({ masterAddress: null })],
    ['is over', readyCluster({ status: 'TERMINATED' })],
  ])('shows no way in where it %s', async (_why, cluster) => {
    expect((await rig(cluster).get({ id: 'c1' }, ALICE)).access).toBeNull();
  });

  it('shows the way in to nobody but its owner, whose key alone opens it', () => {
    const toView = clusterToView({ allowsSsh: true, jupyterUrl: JUPYTER_URL });
    expect(toView(readyCluster(), ALICE, []).access).not.toBeNull();
    expect(toView(readyCluster(), BOB, [])).toMatchObject({ isReady: true, permissions: [], access: null });
    expect(toView(readyCluster(), ADMIN, []).access).toBeNull();
  });

  it('shows no commands where the deployment lets nobody in by ssh, and says so', () => {
    const closed = clusterToView({ allowsSsh: false, jupyterUrl: JUPYTER_URL });
    expect(closed(readyCluster(), ALICE, [])).toMatchObject({ isReady: true, allowsSsh: false, access: null });
  });

  it('has no folder to mount where homes live and die with the cluster', () => {
    const toView = clusterToView({ allowsSsh: true, jupyterUrl: JUPYTER_URL });
    const home = { isKept: false, problem: 'The quota is used up.' };
    expect(toView(readyCluster({ home }), ALICE, [])).toMatchObject({ home, access: { efsMount: null } });
  });

  it('links to its own Jupyter where each cluster has one', () => {
    const jupyterUrl = 'http://localhost:3000/local/jupyter?cluster={jobflowId}';
    const toView = clusterToView({ allowsSsh: true, jupyterUrl });
    const { access, jobflowId } = toView(readyCluster({ emrId: 'j-2AXXXXXXGAPLF' }), ALICE, []);
    expect(jobflowId).toBe('j-2AXXXXXXGAPLF');
    expect(access?.jupyterUrl).toBe('http://localhost:3000/local/jupyter?cluster=j-2AXXXXXXGAPLF');
  });

  it('tells its whole cost when it has ended, and until then the rate and since when', async () => {
    const cluster = readyCluster({ status: 'TERMINATED', startedAt: at('06:00:00'), finishedAt: at('06:30:00') });
    const { cost } = await rig(cluster).get({ id: 'c1' }, ALICE);
    expect(cost).toMatchObject({ since: at('06:00:00'), until: at('06:30:00'), soFar: 0.1 });
    expect((await rig(readyCluster()).get({ id: 'c1' }, ALICE)).cost).not.toHaveProperty('soFar');
    expect((await rig(claimedCluster()).get({ id: 'c1' }, ALICE)).cost).toMatchObject({ since: null, until: null });
  });

  it('is an admin’s too, and does not exist for others', async () => {
    const world = rig(readyCluster());
    expect(await world.get({ id: 'c1' }, ADMIN)).toMatchObject({
      owner: 'alice',
      permissions: ['view', 'manage', 'share'],
    });
    for (const person of [BOB, MAINTAINER]) {
      await expect(world.get({ id: 'c1' }, person)).rejects.toMatchObject(NOT_FOUND);
      await expect(world.extend({ id: 'c1', hours: 2 }, person)).rejects.toMatchObject(NOT_FOUND);
      await expect(world.terminate({ id: 'c1' }, person)).rejects.toMatchObject(NOT_FOUND);
    }
    await expect(world.get({ id: 'c2' }, ALICE)).rejects.toMatchObject(NOT_FOUND);
    expect(world.calls.terminate).toEqual([]);
    expect(await world.clusters.get('c1')).toEqual(readyCluster());
  });

  it('can be seen, but not changed, by those with whom it is shared for viewing', async () => {
    const world = rig(readyCluster());
    await world.grants.put(grantOnCluster(readyCluster(), 'user:sub-bob', 'view'));
    expect(await world.get({ id: 'c1' }, BOB)).toMatchObject({ id: 'c1', permissions: ['view'], access: null });
    await expect(world.extend({ id: 'c1', hours: 2 }, BOB)).rejects.toMatchObject({ name: 'Forbidden' });
    await expect(world.terminate({ id: 'c1' }, BOB)).rejects.toMatchObject({ name: 'Forbidden' });
    await expect(world.get({ id: 'c1' }, MAINTAINER)).rejects.toMatchObject(NOT_FOUND);
    expect(world.calls.terminate).toEqual([]);
    expect(await world.clusters.get('c1')).toEqual(readyCluster());
  });

  it('is extended and terminated by those with whom it is shared for managing, also as a group', async () => {
    const world = rig(readyCluster());
    await world.grants.put(grantOnCluster(readyCluster(), 'group:analysts', 'manage'));
    const analyst = { ...BOB, groups: ['analysts'] };
    const permitted = { permissions: ['view', 'manage'], access: null };
    expect(await world.extend({ id: 'c1', hours: 2 }, analyst)).toMatchObject({
      expiresAt: at('16:00:00'),
      ...permitted,
    });
    expect(await world.terminate({ id: 'c1' }, analyst)).toMatchObject({ termination: { by: 'bob' }, ...permitted });
    expect(world.calls.terminate).toEqual([['j-1']]);
  });
});

describe('listing clusters', () => {
  const world = rig(
    readyCluster({ id: 'mine' }),
    readyCluster({ id: 'bobs', ownerId: 'sub-bob', owner: 'bob' }),
    readyCluster({ id: 'over', status: 'TERMINATED' }),
  );
  const ids = async (...[query, person]: Parameters<typeof world.list>) =>
    (await world.list(query, person)).items.map(({ id }) => id);

  it('answers only one’s own', async () => {
    expect(await ids({ status: 'active', owner: 'mine', limit: 25 }, ALICE)).toEqual(['mine']);
    expect(await ids({ status: 'all', owner: 'mine', limit: 25 }, BOB)).toEqual(['bobs']);
  });

  it('answers everybody’s to admins alone', async () => {
    expect(await ids({ status: 'active', owner: 'all', limit: 25 }, ADMIN)).toEqual(['mine', 'bobs']);
    await expect(ids({ status: 'active', owner: 'all', limit: 25 }, MAINTAINER)).rejects.toMatchObject({
      name: 'Forbidden',
    });
  });

  describe('that are shared', () => {
    const alices = readyCluster({ id: 'alices', createdAt: at('06:10:00') });
    const bobs = readyCluster({ id: 'bobs', ownerId: 'sub-bob', owner: 'bob', createdAt: at('06:20:00') });
    const newer = readyCluster({ id: 'newer', createdAt: at('06:30:00') });
    const over = readyCluster({ id: 'over', status: 'TERMINATED', createdAt: at('06:05:00') });
    const analyst = { ...BOB, groups: ['analysts'] };
    const begin = async () => {
      const shared = rig(alices, bobs, newer, over);
      for (const cluster of [alices, bobs, over])
        await shared.grants.put(grantOnCluster(cluster, 'group:analysts', 'manage'));
      return async (...[query, person]: Parameters<typeof world.list>) =>
        (await shared.list(query, person)).items.map(({ id, permissions }) => [id, permissions.join(' ')]);
    };
    const OWN = ['bobs', 'view manage share connect'];
    const SHARED = ['alices', 'view manage'];

    it('stand among one’s own unless only those are asked for', async () => {
      const list = await begin();
      const query = { status: 'active', limit: 25 } as const;
      expect(await list(query, analyst)).toEqual([OWN, SHARED]);
      expect(await list({ ...query, owner: 'shared' }, analyst)).toEqual([SHARED]);
      expect(await list({ ...query, owner: 'mine' }, analyst)).toEqual([OWN]);
      expect(await list(query, BOB)).toEqual([OWN]);
      expect(await list({ ...query, owner: 'shared' }, BOB)).toEqual([]);
      expect(await list({ ...query, owner: 'shared' }, ALICE)).toEqual([]);
    });

    it('are listed by their state', async () => {
      const list = await begin();
      const of = async (status: 'terminated' | 'failed' | 'all') =>
        (await list({ status, owner: 'shared', limit: 25 }, analyst)).map(([id]) => id);
      expect(await of('terminated')).toEqual(['over']);
      expect(await of('failed')).toEqual([]);
      expect(await of('all')).toEqual(['alices', 'over']);
    });
  });

  it('is searched by identifier and owner, and sorted', async () => {
    const found = rig(
      readyCluster({ id: 'a', identifier: 'eager-curie-0002', size: 3 }),
      readyCluster({ id: 'b', identifier: 'brave-curie-0010', size: 1 }),
      readyCluster({ id: 'c', identifier: 'brave-noether-0001', ownerId: 'sub-bob', owner: 'bob' }),
    );
    const search = async (request: Partial<Parameters<typeof found.list>[0]>) =>
      (await found.list({ status: 'all', owner: 'all', limit: 25, ...request }, ADMIN)).items.map(({ id }) => id);
    expect(await search({ query: 'brave curie' })).toEqual(['b']);
    expect(await search({ query: 'BOB' })).toEqual(['c']);
    expect(await search({ sort: 'identifier' })).toEqual(['b', 'c', 'a']);
    expect(await search({ sort: '-size', query: 'curie' })).toEqual(['a', 'b']);
    expect(await found.list({ status: 'all', owner: 'mine', limit: 25 }, ALICE)).toMatchObject({ total: 2 });
  });
});

describe('extending a cluster', () => {
  it('is limited and preset by the settings', async () => {
    const world = rig(readyCluster());
    await expect(world.extend({ id: 'c1', hours: 25 }, ALICE)).rejects.toMatchObject({
      errors: [{ field: 'hours', message: expect.stringMatching(/2 to 24/) as string }],
    });
    expect(await world.extend({ id: 'c1' }, ALICE)).toMatchObject({ expiresAt: at('22:00:00') });
  });

  it('moves its expiry and counts', async () => {
    const world = rig(readyCluster());
    const recorded = vi.spyOn(metrics, 'record');
    expect(await world.extend({ id: 'c1', hours: 8 }, ALICE)).toMatchObject({
      expiresAt: at('22:00:00'),
      lifetimeExtensionCount: 1,
      modifiedAt: at('07:00:00'),
    });
    const about = { identifier: 'eager-curie-0001', size: 1, jobflowId: 'j-1' };
    expect(recorded.mock.calls).toEqual([
      [[{ name: 'cluster-extension', unit: 'Count', value: 1, dimensions: {}, about }]],
    ]);
    recorded.mockRestore();
  });

  it.each([
    ...FINISHED,
    readyCluster({ status: 'TERMINATING' }),
    readyCluster({ termination: { by: 'alice', reason: 'requested', at: at('06:59:00') } }),
  ])('is refused on the way down and after ($workload.status)', async (cluster) => {
    const world = rig(cluster);
    await expect(world.extend({ id: 'c1', hours: 2 }, ALICE)).rejects.toMatchObject({ name: 'Conflict' });
    expect(await world.clusters.get('c1')).toEqual(cluster);
    expect(await world.used(ALICE.id)).toBe(0);
  });

  it('counts all of its lifetime in the budget of its owner, whoever extends it', async () => {
    const world = rig(readyCluster());
    await world.extend({ id: 'c1', hours: 2 }, ADMIN);
    // From 06:00:01 to 16:00, at 20 cents an hour.
    expect(await world.used(ALICE.id)).toBeCloseTo((0.2 * 35_999) / 3600, 6);
    expect(await world.used(ADMIN.id)).toBe(0);
    await world.setBudgets({ eachPerson: 2.3 });
    await expect(world.extend({ id: 'c1', hours: 2 }, ALICE)).rejects.toMatchObject({ name: 'BudgetExceeded' });
    expect(world.audit.entries.at(-1)).toMatchObject({ action: 'cluster.refuse-extend', object: { id: 'c1' } });
    expect(await world.clusters.get('c1')).toMatchObject({ expiresAt: at('16:00:00'), lifetimeExtensionCount: 1 });
    expect(await world.used(ALICE.id)).toBeCloseTo((0.2 * 35_999) / 3600, 6);
  });

  it('by two requests at once happens once', async () => {
    const world = rig(readyCluster());
    const answers = await Promise.allSettled([1, 2].map(() => world.extend({ id: 'c1', hours: 2 }, ALICE)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await world.clusters.get('c1')).toMatchObject({ expiresAt: at('16:00:00'), lifetimeExtensionCount: 1 });
    expect(await world.used(ALICE.id)).toBeCloseTo((0.2 * 35_999) / 3600, 6);
  });
});

describe('terminating a cluster', () => {
  it('records who and why before EMR is asked', async () => {
    const world = rig(readyCluster());
    const { terminate } = world.emr;
    let recorded: unknown;
    world.emr.terminate = async (ids) => {
      recorded = (await world.clusters.get('c1')).workload.termination;
      return terminate(ids);
    };
    const view = await world.terminate({ id: 'c1' }, ADMIN);
    expect(recorded).toEqual({ by: 'admin', reason: 'requested', at: at('07:00:00') });
    expect(view).toMatchObject({ status: 'TERMINATING', isReady: false, termination: { by: 'admin' } });
    expect(world.held.get('j-1')?.state).toBe('TERMINATING');
  });

  it('is accepted where EMR is too busy, for the upkeep to pass on', async () => {
    const world = rig(readyCluster());
    world.failures.terminate.push(new AwsThrottled('busy'));
    expect(await world.terminate({ id: 'c1' }, ALICE)).toMatchObject({
      status: 'WAITING',
      termination: { by: 'alice' },
    });
  });

  it('is accepted while EMR is being asked to launch, and then has nothing to name', async () => {
    const world = rig(claimedCluster());
    expect(await world.terminate({ id: 'c1' }, ALICE)).toMatchObject({
      status: 'LAUNCHING',
      termination: { by: 'alice' },
    });
    expect(world.calls.terminate).toEqual([]);
  });

  it('releases what was reserved where EMR was never asked for the cluster', async () => {
    const world = rig(claimedCluster({ launchAttemptedAt: null }));
    await world.quotas.reserve(ALICE, { kind: 'cluster', id: 'c1', workers: 1 });
    expect(await world.terminate({ id: 'c1' }, ADMIN)).toMatchObject({ status: 'TERMINATED' });
    expect(await world.reservations.open()).toEqual([]);
  });

  it('keeps the first request on record', async () => {
    const world = rig(readyCluster());
    await world.terminate({ id: 'c1' }, ALICE);
    world.clock.advance(1);
    expect(await world.terminate({ id: 'c1' }, ADMIN)).toMatchObject({
      termination: { by: 'alice', at: at('07:00:00') },
    });
  });

  it.each(FINISHED)('is refused once it is $workload.status', async (cluster) => {
    const world = rig(cluster);
    await expect(world.terminate({ id: 'c1' }, ALICE)).rejects.toMatchObject({ name: 'Conflict' });
    expect(world.calls.terminate).toEqual([]);
  });
});

const release = (version: string, flags: Partial<KeptEmrRelease> = {}): KeptEmrRelease => ({
  version,
  changelogUrl: 'https://docs.aws.amazon.com/',
  helpText: '',
  isActive: true,
  isExperimental: false,
  isDeprecated: false,
  ...flags,
});

const releases = (...kept: KeptEmrRelease[]) => ({ all: async () => withFacts(kept) });

describe('the launch form', () => {
  const defaults = (sshKeys = fakeSshKeyRepository(), changes: Partial<CurrentSettings> = {}) =>
    getClusterDefaults({
      sshKeys,
      releases: releases(
        release('7.9.0'),
        release('7.10.0'),
        release('7.12.0', { isExperimental: true }),
        release('7.13.0', { isActive: false }),
        release('7.11.0', { isDeprecated: true }),
      ),
      settings: readFake(changes),
      homes: { atMost: 200 },
      random: () => 0,
    });

  it('is preset with a name, the limits and the newest stable release', async () => {
    const preset = await defaults()({}, ALICE);
    expect(preset).toEqual({
      identifier: expect.stringMatching(/^[a-z0-9]+-[a-z0-9]+-0000$/),
      size: 1,
      maxSize: 30,
      lifetime: 8,
      minLifetime: 2,
      maxLifetime: 24,
      idleHours: 3,
      minIdleHours: 1,
      maxIdleHours: 24,
      sshKeyId: null,
      emrRelease: '7.10.0',
      homes: { areKept: true, atMost: 200 },
    });
  });

  it('presets the newest of one’s own keys', async () => {
    const keys = fakeSshKeyRepository(
      SSH_KEY,
      { ...SSH_KEY, id: 'newer', createdAt: at('05:00:00') },
      { ...SSH_KEY, id: 'bobs', ownerId: 'sub-bob', owner: 'bob', createdAt: at('06:00:00') },
    );
    expect((await defaults(keys)({}, ALICE)).sshKeyId).toBe('newer');
  });

  it('has the limits and presets of the settings', async () => {
    const limits = { ...DEFAULT_LIMITS, maxSize: 12, maxLifetime: 48, defaultLifetime: 6, maxIdleHours: 5 };
    const preset = await defaults(fakeSshKeyRepository(), { limits: { ...limits, defaultIdleHours: 2 } })({}, ALICE);
    expect(preset).toMatchObject({ maxSize: 12, maxLifetime: 48, lifetime: 6, maxIdleHours: 5, idleHours: 2 });
  });

  it('knows no upper limit for maintainers and admins', async () => {
    for (const person of [MAINTAINER, ADMIN]) expect((await defaults()({}, person)).maxSize).toBeNull();
  });
});

describe('estimates', () => {
  const ofBudgets = budgetWorld(testClock(at('06:00:00')));
  const estimate = estimateCluster({ pricing: PRICING, settings: readFake(), foresee: ofBudgets.foresee });

  it('count the master, and the workers above size 1', async () => {
    expect(await estimate({ size: 1, lifetime: 8 }, ALICE)).toMatchObject({
      hourly: 0.24,
      total: 1.92,
      currency: 'USD',
      asOf: '2026-11-01',
      source: 'AWS price list',
      isDerived: false,
    });
    expect(await estimate({ size: 2, lifetime: 2 }, ALICE)).toMatchObject({ hourly: 0.72, total: 1.44 });
  });

  it('name the machines and say what the launch would do to budgets, and count nothing', async () => {
    const machines = [
      { count: 1, instanceType: 'm7g.xlarge' },
      { count: 2, instanceType: 'm7g.2xlarge' },
    ];
    const budget = { limit: null, used: 0, added: 1.44, refusal: null };
    expect(await estimate({ size: 2, lifetime: 2 }, ALICE)).toMatchObject({ machines, budget });
    await ofBudgets.setBudgets({ eachPerson: 1.44, groups: { analysts: 1.43 } });
    expect(await estimate({ size: 2, lifetime: 2 }, ALICE)).toMatchObject({ budget: { ...budget, limit: 1.44 } });
    const refused = await estimate({ size: 2, lifetime: 2 }, { ...ALICE, groups: ['analysts'] });
    expect(refused.budget).toMatchObject({
      limit: 1.44,
      refusal: expect.stringContaining('The budget of the group analysts is $1.43') as string,
    });
    expect(await ofBudgets.used(ALICE.id)).toBe(0);
  });

  it('are refused for sizes that the person may not launch', async () => {
    await expect(estimate({ size: 31, lifetime: 8 }, ALICE)).rejects.toMatchObject({ errors: [{ field: 'size' }] });
    expect(await estimate({ size: 31, lifetime: 8 }, MAINTAINER)).toMatchObject({ hourly: 7.68 });
    await expect(estimate({ size: 10_001, lifetime: 8 }, MAINTAINER)).rejects.toMatchObject({
      errors: [{ field: 'size', message: 'Give the number of workers as a whole number from 1 to 10000.' }],
    });
  });

  it.each([13, 24, 168, 1000])('are refused for a lifetime of %d hours as its launch is', async (lifetime) => {
    const settings = readFake({ limits: { ...DEFAULT_LIMITS, maxLifetime: 12 } });
    const refusal = {
      name: 'InvalidInput',
      errors: [{ field: 'lifetime', message: 'Give the lifetime in hours as a whole number from 2 to 12.' }],
    };
    const ofSettings = estimateCluster({ pricing: PRICING, settings, foresee: ofBudgets.foresee });
    await expect(ofSettings({ size: 1, lifetime }, ALICE)).rejects.toMatchObject(refusal);
    const { limits } = await settings();
    const request = { identifier: 'a', size: 1, lifetime, sshKeyId: SSH_KEY.id, emrRelease: '7.10.0', idleHours: null };
    const rules = {
      sshKeys: fakeSshKeyRepository({ ...SSH_KEY, ownerId: ALICE.id }),
      releases: releases(release('7.10.0')),
    };
    await expect(checkLaunch(rules)(request, ALICE, limits)).rejects.toMatchObject(refusal);
    expect(await ofSettings({ size: 1, lifetime: 12 }, ALICE)).toMatchObject({ total: 2.88 });
  });
});

describe('EMR releases', () => {
  const list = listEmrReleases({
    releases: releases(
      release('7.9.0'),
      release('7.10.0'),
      release('spark-8.0.0', { isExperimental: true }),
      release('7.13.0', { isActive: false }),
    ),
  });
  const versions = async (...[query]: Parameters<typeof list>) => {
    const { items, cursor } = await list(query);
    return { versions: items.map(({ version }) => version), cursor };
  };

  it('are the active ones, newest first, page by page', async () => {
    const first = await versions({ limit: 2 });
    expect(first.versions).toEqual(['spark-8.0.0', '7.10.0']);
    expect(await versions({ limit: 2, cursor: first.cursor ?? '' })).toEqual({ versions: ['7.9.0'], cursor: null });
    const second = await versions({ limit: 1 });
    expect(await versions({ limit: 1, cursor: second.cursor ?? '' })).toMatchObject({ versions: ['7.10.0'] });
    expect(await versions({ limit: 3 })).toMatchObject({ cursor: null });
  });

  it('refuse a cursor that was made up', async () => {
    await expect(versions({ limit: 2, cursor: 'x' })).rejects.toMatchObject({ errors: [{ field: 'cursor' }] });
  });
});

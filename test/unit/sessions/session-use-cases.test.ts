import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { sharing } from '../../../functions/access/sharing.ts';
import { connectSession } from '../../../functions/sessions/connect-session.ts';
import { estimateSession } from '../../../functions/sessions/estimate-session.ts';
import { extendSession } from '../../../functions/sessions/extend-session.ts';
import { getSessionDefaults } from '../../../functions/sessions/get-session-defaults.ts';
import { getSession } from '../../../functions/sessions/get-session.ts';
import { listAllSessions, listSessions } from '../../../functions/sessions/list-sessions.ts';
import { lookAtSession } from '../../../functions/sessions/look-at-session.ts';
import { getSessionGrants, putSessionGrants } from '../../../functions/sessions/session-grants.ts';
import { startSession } from '../../../functions/sessions/start-session.ts';
import { terminateSession, terminateSessions } from '../../../functions/sessions/terminate-session.ts';
import { AwsFailed, AwsThrottled, EmrRefusedLaunch } from '../../../shared/domain/errors.ts';
import { firstSeen } from '../../../shared/domain/person.ts';
import type { Session } from '../../../shared/domain/session.ts';
import { DEFAULT_LIMITS } from '../../../shared/domain/settings.ts';
import { ADMIN, ALICE, at, BOB, MAINTAINER } from '../../fakes/cluster.ts';
import { fakeEmrReleaseRepository } from '../../fakes/fake-emr-release-repository.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { readySession } from '../../fakes/session.ts';
import { settingsOf } from '../../fakes/settings.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';

const CANARY = 'canary-0f2d9b51';
const REQUEST = { name: 'keen-noether', size: 4, lifetime: 8, idleMinutes: 30, emrRelease: '7.13.0' };
const IN_EMR = { name: 'atmo-test-session-alice-keen-noether-1918-0123456789', state: 'IDLE' } as const;
const page = { limit: 25 };

/** The portal with these sessions, at 06:40. */
const portal = (...present: readonly Session[]) => {
  const world = upkeepWorld({ sessions: present });
  for (const { workload } of present) if (workload.emrId !== null) world.put(workload.emrId, IN_EMR);
  const people = fakePersonRepository(...[ALICE, BOB].map((person) => firstSeen(person, at('06:00:00'))));
  let ids = 0;
  const deps = {
    ...world,
    lifecycle: world.ofSessions,
    releases: fakeEmrReleaseRepository(),
    sharing: sharing({ grants: world.grants, people, clock: world.clock }),
    random: () => 0,
    newRunToken: () => `token0000${(ids += 1)}`.slice(-10),
    newId: () => `new-${(ids += 1)}`,
    look: lookAtSession({ engines: world.engines, lifecycle: world.ofSessions, clock: world.clock }),
    connections: { mint: async () => ({ endpoint: 'https://host', token: CANARY, expiresAt: at('07:40:00') }) },
  };
  const viewOnly = [{ to: 'user:bob', level: 'view' as const }];
  return {
    ...world,
    deps,
    start: (changes: Partial<typeof REQUEST> = {}, person = ALICE) =>
      startSession(deps)({ ...REQUEST, ...changes }, person),
    get: (person = ALICE) => getSession(deps)({ id: 's1' }, person),
    connect: (person = ALICE) => connectSession(deps)({ id: 's1' }, person),
    share: (grants: { to: string; level: 'view' | 'manage' }[] = viewOnly) =>
      putSessionGrants(deps)({ id: 's1', grants }, ALICE),
    entries: () => world.audit.entries.map(({ action }) => action),
  };
};

describe('starting a session', () => {
  it('claims it, then starts one in EMR with what its clients need on record', async () => {
    const world = portal();
    expect(await world.start()).toMatchObject({
      name: 'keen-noether',
      phase: 'starting',
      status: 'SUBMITTED',
      applicationId: '00app',
      sparkVersion: '3.5.6',
      pythonVersion: '3.11',
      permissions: ['view', 'manage', 'share', 'connect'],
    });
    expect(world.calls.launch).toBe(1);
    expect(world.entries()).toEqual(['session.launch']);
  });

  it('numbers a name that an active session of the person has', async () => {
    const world = portal(readySession({ name: 'keen-noether' }));
    expect(await world.start()).toMatchObject({ name: 'keen-noether-2' });
  });

  it.each([
    ['emrRelease', { emrRelease: '7.12.0' }, /^EMR release 7.12.0 has no sessions on EMR Serverless. Choose 7.13.0/],
    ['emrRelease', { emrRelease: '7.14.0' }, /^EMR release 7.14.0 is not available/],
    ['size', { size: 31 }, /^At most 30 workers/],
    ['lifetime', { lifetime: 25 }, /from 2 to 24/],
  ])('refuses a wrong %s before anything is written', async (field, changes, message) => {
    const world = portal();
    await expect(world.start(changes)).rejects.toMatchObject({
      name: 'InvalidInput',
      errors: [{ field, message: expect.stringMatching(message) as string }],
    });
    expect(world.entries()).toEqual([]);
  });

  it.each([
    ['is not active', { isActive: false }, /is not available/],
    ['EMR Serverless does not have', { engines: ['cluster'] }, /has no sessions on EMR Serverless/],
  ] as const)('refuses a release that %s', async (_which, changes, message) => {
    const world = portal();
    const known = (await world.deps.releases.all()).filter(({ version }) => version === REQUEST.emrRelease);
    for (const release of known) await world.deps.releases.put({ ...release, ...changes });
    await expect(world.start()).rejects.toMatchObject({
      errors: [{ field: 'emrRelease', message: expect.stringMatching(message) as string }],
    });
  });

  it('is not offered where the stage has no EMR Serverless', async () => {
    const { deps } = portal();
    const without = { ...deps, hasServerless: false };
    for (const act of [
      () => startSession(without)(REQUEST, ALICE),
      () => getSessionDefaults(without)({}, ALICE),
      () => estimateSession(without)({ size: 1, lifetime: 8 }, ALICE),
    ])
      await expect(act()).rejects.toMatchObject({ name: 'NotOffered' });
  });

  it('is held to three sessions of a person, whose workers do not count among those of clusters', async () => {
    const world = portal();
    for (let count = 0; count < 3; count += 1) await world.start({ size: 30 });
    await expect(world.start()).rejects.toMatchObject({
      name: 'QuotaExceeded',
      message: expect.stringMatching(/^Quota of active sessions: 3 of the 3/) as string,
    });
    // Refused before it is an act.
    expect(world.entries()).toEqual(Array.from({ length: 3 }, () => 'session.launch'));
    await terminateSession(world.deps)({ id: 'new-1' }, ALICE);
    const { emrId } = (await world.sessions.get('new-1')).workload;
    world.put(emrId ?? '', { state: 'TERMINATED' });
    await world.syncSessions();
    expect(await world.start()).toMatchObject({ isActive: true });
  });

  it('counts with its whole lifetime in the budget, and is refused beyond it', async () => {
    const world = portal();
    await world.setBudgets({ eachPerson: 1 });
    const { hourly } = world.pricing.rateOf(await world.settings(), { engine: 'serverless', size: 4 });
    await world.start({ lifetime: 2 });
    expect(await world.used(ALICE.id)).toBeCloseTo(hourly * 2);
    await world.setBudgets({ eachPerson: hourly * 3 });
    await expect(world.start({ lifetime: 2 })).rejects.toMatchObject({ name: 'BudgetExceeded' });
    expect(await world.used(ALICE.id)).toBeCloseTo(hourly * 2);
    expect((await world.reservations.of(ALICE.id)).held).toHaveLength(1);
  });

  it('waits for nothing while launches are paused: it is refused', async () => {
    const world = portal();
    world.launchPause.pause('An incident');
    await expect(world.start()).rejects.toMatchObject({ name: 'LaunchesPaused' });
    expect(world.entries()).toEqual([]);
  });

  it('leaves nothing behind where AWS certainly started nothing', async () => {
    const world = portal();
    world.failures.launch.push(new AwsFailed('down'));
    await expect(world.start()).rejects.toMatchObject({ name: 'AwsFailed' });
    expect((await world.sessions.list('all', null, page)).items).toEqual([]);
    expect((await world.reservations.of(ALICE.id)).held).toEqual([]);
    expect(await world.used(ALICE.id)).toBe(0);
  });

  it('records a refusal of EMR as failed', async () => {
    const world = portal();
    world.failures.launch.push(new EmrRefusedLaunch('The maximum capacity is reached.'));
    await expect(world.start()).rejects.toMatchObject({ name: 'EmrRefusedLaunch' });
    expect(await world.sessions.get('new-1')).toMatchObject({ workload: { status: 'FAILED' } });
    expect((await world.reservations.of(ALICE.id)).held).toEqual([]);
  });

  it('says what may be asked for', async () => {
    const { deps } = portal();
    const defaults = await getSessionDefaults(deps)({}, ALICE);
    expect(defaults).toMatchObject({ maxSize: 30, maxLifetime: 24, idleMinutes: 30, emrRelease: '7.13.0' });
    expect(defaults.releases.map(({ version }) => version)).toEqual(['spark-8.0.0', '7.13.0']);
    expect((await getSessionDefaults(deps)({}, MAINTAINER)).maxSize).toBeNull();
    const estimate = await estimateSession(deps)({ size: 4, lifetime: 8 }, ALICE);
    expect(estimate.total).toBeCloseTo(estimate.hourly * 8);
  });

  it.each([
    [12, 13],
    [12, 1000],
    [48, 25],
  ])('names the lower of the settings’ %d hours and a day to who asks for %d', async (maxLifetime, hours) => {
    const { deps } = portal(readySession());
    const limits = { ...DEFAULT_LIMITS, maxLifetime, defaultLifetime: maxLifetime };
    const ofSettings = { ...deps, settings: async () => settingsOf({ limits }) };
    const most = Math.min(maxLifetime, 24);
    const refusal = (field: string, what: string) => ({
      name: 'InvalidInput',
      errors: [{ field, message: `Give the ${what} in hours as a whole number from 2 to ${most}.` }],
    });
    const ofLifetime = refusal('lifetime', 'lifetime');
    const wanted = { ...REQUEST, lifetime: hours };
    await expect(startSession(ofSettings)(wanted, ALICE)).rejects.toMatchObject(ofLifetime);
    await expect(estimateSession(ofSettings)(wanted, ALICE)).rejects.toMatchObject(ofLifetime);
    const extended = extendSession(ofSettings)({ id: 's1', hours }, ALICE);
    await expect(extended).rejects.toMatchObject(refusal('hours', 'extension'));
    const { lifetime: _, ...withoutLifetime } = REQUEST;
    expect(await startSession(ofSettings)(withoutLifetime, ALICE)).toMatchObject({ lifetime: most });
    expect(await getSessionDefaults(ofSettings)({}, ALICE)).toMatchObject({ lifetime: most, maxLifetime: most });
  });
});

describe('connecting to a session', () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, method).mockImplementation((...lines: unknown[]) => void written.push(JSON.stringify(lines)));
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
      written.push(String(line));
      return true;
    });
  });
  afterEach(() => vi.restoreAllMocks());

  it('answers address, token and what to paste, to its owner', async () => {
    expect(await portal(readySession()).connect()).toEqual({
      url: `sc://host:443/;use_ssl=true;x-aws-proxy-auth=${CANARY}`,
      token: CANARY,
      expiresAt: at('07:40:00'),
      install: 'pip install "pyspark[connect]==3.5.6" "pandas<3" "pyarrow<22"',
      python: expect.stringContaining(CANARY) as string,
    });
  });

  it('keeps the token out of items, audit trail, views and log', async () => {
    const world = portal(readySession());
    await world.connect();
    expect(world.entries()).toEqual(['session.connect']);
    const kept = [await world.sessions.get('s1'), world.audit.entries, await world.get(), written];
    expect(JSON.stringify(kept)).not.toContain(CANARY);
  });

  it('is for its owner alone, not even for an admin, and hidden from strangers', async () => {
    const world = portal(readySession());
    await expect(world.connect(BOB)).rejects.toMatchObject({ name: 'NotFound' });
    await world.share();
    for (const person of [BOB, ADMIN]) await expect(world.connect(person)).rejects.toMatchObject({ name: 'Forbidden' });
    expect(world.entries()).toEqual(['session.share']);
    expect(world.audit.entries[0]?.detail).toMatchObject({ name: readySession().name });
  });

  it('waits until the session is ready, and ends with it', async () => {
    const world = portal(readySession({ status: 'STARTING', readyAt: null }));
    world.put('00app/00session', { state: 'STARTING' });
    await expect(world.connect()).rejects.toMatchObject({ name: 'Conflict' });
    world.clock.advance(1);
    world.put('00app/00session', { state: 'STARTED' });
    expect(await world.connect()).toMatchObject({ token: CANARY });
    await terminateSession(world.deps)({ id: 's1' }, ALICE);
    await expect(world.connect()).rejects.toMatchObject({ name: 'Conflict' });
    expect(world.entries()).toEqual(['session.connect', 'session.terminate']);
  });

  it('makes no token where the act cannot be recorded', async () => {
    const world = portal(readySession());
    world.audit.failure = new AwsThrottled('busy');
    const mint = vi.spyOn(world.deps.connections, 'mint');
    await expect(world.connect()).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(mint).not.toHaveBeenCalled();
  });
});

describe('a session that is looked at', () => {
  it('is as EMR has it, which is asked once in five seconds however many look', async () => {
    const world = portal(readySession());
    world.put('00app/00session', { state: 'BUSY' });
    expect(await world.get()).toMatchObject({ status: 'BUSY', phase: 'running' });
    world.put('00app/00session', { state: 'IDLE' });
    expect(await world.get()).toMatchObject({ status: 'BUSY' });
    expect(world.calls.describe).toEqual(['00app/00session']);
    world.clock.advance(1);
    expect(await world.get()).toMatchObject({ status: 'IDLE' });
  });

  it('is as it was where EMR cannot be asked', async () => {
    const world = portal(readySession());
    world.failures.describe.push(new AwsThrottled('busy'));
    expect(await world.get()).toMatchObject({ status: 'IDLE' });
  });

  it('is in the lists of its owner, of whom it is shared with, and of admins', async () => {
    const world = portal(readySession(), readySession({ id: 's2', ownerId: 'sub-bob', owner: 'bob', emrId: null }));
    const listed = async (owner: 'mine' | 'shared' | 'all' | undefined, person = ALICE) =>
      (await listSessions(world.deps)({ status: 'active', owner, ...page }, person)).items.map(({ id }) => id);
    expect(await listed(undefined)).toEqual(['s1']);
    expect(await listed('shared', BOB)).toEqual([]);
    await world.share();
    expect(await listed('shared', BOB)).toEqual(['s1']);
    expect((await listed(undefined, BOB)).toSorted()).toEqual(['s1', 's2']);
    await expect(listed('all', BOB)).rejects.toMatchObject({ name: 'Forbidden' });
    const ofBob = await listAllSessions(world.deps)({ status: 'all', owner: 'bob', sort: '-name', ...page }, ADMIN);
    expect(ofBob).toMatchObject({ items: [{ id: 's2' }], total: 1 });
  });

  it('is shared for viewing only', async () => {
    const world = portal(readySession());
    await expect(world.share([{ to: 'user:bob', level: 'manage' }])).rejects.toMatchObject({
      name: 'InvalidInput',
      errors: [{ field: 'grants.0.level' }],
    });
    await world.share();
    expect(await getSessionGrants(world.deps)({ id: 's1' }, BOB)).toMatchObject({
      grants: [{ to: 'user:bob', level: 'view' }],
    });
    await expect(extendSession(world.deps)({ id: 's1', hours: 2 }, BOB)).rejects.toMatchObject({ name: 'Forbidden' });
    await expect(terminateSession(world.deps)({ id: 's1' }, BOB)).rejects.toMatchObject({ name: 'Forbidden' });
  });
});

describe('the life of a session', () => {
  it('is extended within a day, and counts in the budget for it', async () => {
    const world = portal(readySession());
    const extended = await extendSession(world.deps)({ id: 's1', hours: 4 }, ALICE);
    expect(extended).toMatchObject({ expiresAt: at('18:00:00'), lifetimeExtensionCount: 1 });
    expect(await world.used(ALICE.id)).toBeCloseTo(1.5 * 12, 1);
    await expect(extendSession(world.deps)({ id: 's1', hours: 24 }, ALICE)).rejects.toMatchObject({ name: 'Conflict' });
    expect(world.audit.entries).toMatchObject([
      { action: 'session.extend', actor: 'alice', object: { kind: 'session', id: 's1' }, detail: { hours: 4 } },
    ]);
  });

  it('ends at once for who may manage it, and each of many for itself', async () => {
    const world = portal(readySession());
    expect(await terminateSession(world.deps)({ id: 's1' }, ALICE)).toMatchObject({ status: 'TERMINATING' });
    expect(world.calls.terminate).toEqual([['00app/00session']]);
    const { results } = await terminateSessions(world.deps)({ ids: ['s1', 'none'] }, ADMIN);
    expect(results.map(({ id, ok }) => [id, ok])).toEqual([
      ['s1', true],
      ['none', false],
    ]);
  });

  it('is not ended again, which is no act', async () => {
    const world = portal(readySession({ status: 'TERMINATED', finishedAt: at('06:30:00') }));
    await expect(terminateSession(world.deps)({ id: 's1' }, ALICE)).rejects.toMatchObject({ name: 'Conflict' });
    expect(world.entries()).toEqual([]);
  });

  it('is ended by the upkeep at its expiry, and its owner is mailed an hour before', async () => {
    const world = portal(readySession({ expiresAt: at('07:30:00') }));
    await world.announceSessions();
    await world.announceSessions();
    expect(world.mailedSessions).toMatchObject([{ kind: 'session-expires-soon', to: ALICE.email }]);
    await world.terminateExpiredSessions();
    expect(world.calls.terminate).toEqual([]);
    world.clock.advance(50);
    await world.terminateExpiredSessions();
    expect(await world.session()).toMatchObject({
      status: 'TERMINATING',
      termination: { by: 'ATMO', reason: 'expired' },
    });
  });

  it('is settled once EMR says what it billed', async () => {
    const world = portal();
    const { id } = await world.start({ lifetime: 2 });
    const emrId = (await world.sessions.get(id)).workload.emrId ?? '';
    world.clock.advance(30);
    world.put(emrId, { state: 'TERMINATED', finishedAt: world.clock.now() });
    const held = await world.used(ALICE.id);
    await world.syncSessions();
    expect(await world.sessions.get(id)).toMatchObject({ workload: { status: 'TERMINATED', billed: null } });
    expect(await world.used(ALICE.id)).toBeCloseTo(held);
    world.put(emrId, { billed: 0.07 });
    await world.addUpUsage();
    world.clock.advance(10);
    await world.settleBudgets();
    expect(await world.used(ALICE.id)).toBeCloseTo(0.07);
    const [used] = await world.usage.ofEverybody('2026-11-23', '2026-11-23');
    expect(used).toMatchObject({ kind: 'session', ownerId: ALICE.id });
    expect(Object.values(used?.entries ?? {})).toMatchObject([{ started: 1, dollars: 0.07 }]);
  });

  it('is recorded where EMR ends it for being idle', async () => {
    const world = portal(readySession());
    world.put('00app/00session', {
      state: 'TERMINATED',
      finishedAt: at('06:39:00'),
      reason: { code: 'USER_REQUEST', message: 'Idle timeout' },
    });
    await world.syncSessions();
    expect(world.deps.acts.recorded).toMatchObject([
      { action: 'session.end-by-emr', object: { id: 's1' }, detail: { name: 'keen-noether-1918' } },
    ]);
  });

  it('is ended where nobody knows it any more', async () => {
    const world = portal();
    world.put('00app/lost', { ...IN_EMR, createdAt: at('06:00:00') });
    expect(await world.findOrphans()).toBe(1);
    expect(world.calls.terminate).toEqual([['00app/lost']]);
  });
});

import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { EFSClient } from '@aws-sdk/client-efs';
import { describe, expect, it, onTestFinished } from 'vitest';

import { efsHomeDirectories } from '../../functions/adapters/efs-home-directories.ts';
import type { HomeDirectories } from '../../functions/ports/home-directories.ts';
import { efsApi } from '../../local/efs/efs-api.ts';
import { FileSystemStore } from '../../local/efs/file-system-store.ts';
import { answerRequests } from '../../local/request-guard.ts';
import { listen } from '../../local/server.ts';
import { ROOT_CREDENTIALS } from '../../local/sts/access-keys.ts';
import { at } from '../fakes/cluster.ts';
import { fakeHomeDirectories } from '../fakes/fake-home-directories.ts';
import { testClock } from '../fakes/test-clock.ts';
import { startEc2, SUBNETS, VPC } from './ec2.ts';

const ALICE = '0c5f8b2e-70a1-7024-8c52-1f0f3ad2b6e1';
const BOB = '0c5f8b2e-70a1-7024-8c52-1f0f3ad2b6e2';
const SETTINGS = { environment: 'test', homeDirectories: 'efs', emrSubnetIds: SUBNETS.join(',') };

type StoreOptions = ConstructorParameters<typeof FileSystemStore>[2];

const start = async (options: StoreOptions = {}, settings = SETTINGS, ec2: Parameters<typeof startEc2>[0] = {}) => {
  const { store: groups, keys } = await startEc2(ec2);
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-efs-'));
  const file = path.join(directory, 'efs.json');
  const store = new FileSystemStore(file, groups, { fileSystemMs: 0, mountTargetMs: 0, ...options });
  const server = http.createServer();
  answerRequests(server, efsApi(store, keys));
  const running = await listen(server, 0);
  const client = new EFSClient({
    region: 'us-west-2',
    endpoint: running.url,
    maxAttempts: 1,
    credentials: ROOT_CREDENTIALS,
  });
  const clock = testClock(at('06:00:00'));
  const pauses: number[] = [];
  const pause = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
  const homes = efsHomeDirectories(settings, { client, clock, pause });
  const groupOf = (name: string) => ({
    nodes: groups.create({ name, description: name, vpcId: VPC, tags: {} }).id,
    serviceAccess: null,
  });
  onTestFinished(async () => {
    await running.close();
    rmSync(directory, { recursive: true });
  });
  return { store, client, clock, pauses, homes, groupOf, alices: groupOf('alices'), bobs: groupOf('bobs') };
};

const GROUPS = { nodes: 'sg-1', serviceAccess: null };
const HOMES: readonly (readonly [
  string,
  () => Promise<Pick<Awaited<ReturnType<typeof start>>, 'clock' | 'alices'> & { homes: HomeDirectories }>,
])[] = [
  [
    'the fake',
    async () => {
      const clock = testClock(at('06:00:00'));
      return { homes: fakeHomeDirectories(clock), clock, alices: GROUPS };
    },
  ],
  ['EFS', start],
];

describe.each(HOMES)('home directories: %s', (_name, begin) => {
  it('are each person’s own, the same at every launch', async () => {
    const { homes, alices } = await begin();
    const first = await homes.homeOf(ALICE, alices);
    expect(Object.values(first ?? {}).length).toBeGreaterThan(0);
    expect(await homes.homeOf(BOB, alices)).not.toEqual(first);
    expect(await homes.homeOf(ALICE, alices)).toEqual(first);
  });

  it('are known by their person and their last use, until they are unmounted', async () => {
    const { homes, alices, clock } = await begin();
    await homes.homeOf(ALICE, alices);
    clock.advance(60);
    await homes.homeOf(ALICE, alices);
    const mounted = await homes.mounted();
    expect(mounted).toMatchObject([{ personKey: homes.keyOf(ALICE), lastUsedAt: at('07:00:00') }]);
    for (const home of mounted) await homes.unmount(home);
    expect(await homes.mounted()).toEqual([]);
  });
});

describe('the homes in EFS', () => {
  it('are encrypted file systems with the portal’s tags, mounted in the person’s own group alone', async () => {
    const { homes, store, alices } = await start();
    const addresses = await homes.homeOf(ALICE, alices);
    const [fileSystem, ...others] = store.all();
    expect(others).toEqual([]);
    expect(fileSystem).toMatchObject({
      token: `atmo-test-${ALICE}`,
      encrypted: true,
      throughputMode: 'elastic',
      lifecycle: [{ TransitionToIA: 'AFTER_30_DAYS' }, { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' }],
      tags: {
        Application: 'ATMO',
        Environment: 'test',
        MadeBy: 'portal',
        Kind: 'home',
        Person: ALICE,
        LastUsed: at('06:00:00'),
      },
    });
    const targets = store.targets(fileSystem?.id ?? '');
    expect(targets.map(({ groups }) => groups)).toEqual([[alices.nodes], [alices.nodes]]);
    expect(addresses).toEqual(Object.fromEntries(targets.map(({ subnetId, address }) => [subnetId, address])));
  });

  it('are not there where the deployment keeps none', async () => {
    const { homes, store, alices } = await start({}, { ...SETTINGS, homeDirectories: '' });
    expect(await homes.homeOf(ALICE, alices)).toBeNull();
    expect(await homes.mounted()).toEqual([]);
    expect(store.all()).toEqual([]);
  });

  it('are one for launches at the same time', async () => {
    const { homes, store, alices } = await start();
    const found = await Promise.all(Array.from({ length: 5 }, () => homes.homeOf(ALICE, alices)));
    expect(store.all()).toHaveLength(1);
    expect(store.targets(store.all()[0]?.id ?? '')).toHaveLength(2);
    expect(new Set(found.map((home) => JSON.stringify(home))).size).toBe(1);
  });

  it('have addresses as soon as the file system is there, while mount targets are still made', async () => {
    const { homes, store, alices, pauses } = await start({ mountTargetMs: 90_000 });
    expect(Object.keys((await homes.homeOf(ALICE, alices)) ?? {})).toEqual([...SUBNETS]);
    expect(store.targets(store.all()[0]?.id ?? '').map((target) => store.stateOf(target))).toEqual([
      'creating',
      'creating',
    ]);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(2000);
  });

  it('are given up on for this launch where the file system takes longer than a person waits', async () => {
    const { homes, alices, pauses, store } = await start({ fileSystemMs: 60_000 });
    await expect(homes.homeOf(ALICE, alices)).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringContaining('The next cluster will have it'),
    });
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(10_000);
    expect(store.all()).toHaveLength(1);
  });

  it('are mounted again after they were unmounted, with the same files', async () => {
    const { homes, alices, store } = await start();
    await homes.homeOf(ALICE, alices);
    const [before] = store.all();
    for (const home of await homes.mounted()) await homes.unmount(home);
    expect(store.targets(before?.id ?? '')).toEqual([]);
    expect(Object.keys((await homes.homeOf(ALICE, alices)) ?? {})).toEqual([...SUBNETS]);
    expect(store.all().map(({ id }) => id)).toEqual([before?.id]);
  });

  it('do with one mount target for two subnets of a zone', async () => {
    const { homes, alices } = await start({}, SETTINGS, { zones: ['us-west-2a', 'us-west-2a'] });
    expect(Object.keys((await homes.homeOf(ALICE, alices)) ?? {})).toEqual([SUBNETS[0]]);
  });

  it.each([
    ['file systems', { fileSystems: 1 }, /as many EFS file systems as its quota allows.*operators/],
    ['mount targets', { mountTargetsPerVpc: 2 }, /as many mount targets.*quota.*operators/],
  ])('are refused in words where the account has no more %s, and others go on', async (_what, quotas, message) => {
    const { homes, alices, bobs } = await start({ quotas });
    const first = await homes.homeOf(ALICE, alices);
    await expect(homes.homeOf(BOB, bobs)).rejects.toMatchObject({
      name: 'HomeUnavailable',
      message: expect.stringMatching(message),
    });
    expect(await homes.homeOf(ALICE, alices)).toEqual(first);
  });

  it.each([
    ['another person’s', { Person: BOB }],
    ['another stage’s', { Environment: 'prod' }],
    ['made by somebody else', { MadeBy: 'hand' }],
  ])('are not taken where the file system of that token is %s', async (_what, changes) => {
    const { homes, alices, store } = await start();
    await homes.homeOf(ALICE, alices);
    const [one] = store.all();
    store.change(one?.id ?? '', { tags: { ...one?.tags, ...changes } });
    await expect(homes.homeOf(ALICE, alices)).rejects.toMatchObject({ name: 'HomeUnavailable' });
  });

  it('of other stages, and file systems that are no homes, are not counted as mounted', async () => {
    const { homes, alices, store, client, clock } = await start();
    const pause = async (): Promise<void> => undefined;
    const prod = efsHomeDirectories({ ...SETTINGS, environment: 'prod' }, { client, clock, pause });
    await prod.homeOf(ALICE, alices);
    const other = store.create({ token: 'x', encrypted: false, throughputMode: 'elastic', tags: { Person: BOB } });
    store.mount(other.id, SUBNETS[0], [alices.nodes]);
    expect(await homes.mounted()).toEqual([]);
    expect(await prod.mounted()).toHaveLength(1);
  });

  it('have tokens that EFS takes and no two people share, whatever their ids', async () => {
    const { homes, alices, store } = await start({}, { ...SETTINGS, environment: 'a-long-name-14' });
    const ids = ['Google_1234', 'google_1234', 'a|b', 'x'.repeat(500), 'x'.repeat(501), '_x'];
    for (const id of ids) await homes.homeOf(id, alices);
    expect(new Set(store.all().map(({ token }) => token)).size).toBe(ids.length);
    for (const { token } of store.all()) expect(token.length).toBeLessThanOrEqual(64);
  });

  it.each([
    ['ThrottlingException', 'AwsThrottled'],
    ['AccessDeniedException', 'HomeUnavailable'],
    ['InternalServerError', 'AwsFailed'],
  ])('%s is %s', async (name, expected) => {
    const { homes, client, alices } = await start();
    client.middlewareStack.add(
      () => async () => {
        throw Object.assign(new Error('no'), { name, $metadata: {} });
      },
      { step: 'initialize' },
    );
    await expect(homes.homeOf(ALICE, alices)).rejects.toMatchObject({ name: expected });
  });
});

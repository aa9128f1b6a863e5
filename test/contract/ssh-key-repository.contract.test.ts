import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbSshKeyRepository } from '../../functions/adapters/dynamodb-ssh-key-repository.ts';
import type { SshKeyRepository } from '../../functions/ports/ssh-key-repository.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import { fakeSshKeyRepository } from '../fakes/fake-ssh-key-repository.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const sshKey = (id: string, changes: Partial<SshKey> = {}): SshKey => ({
  id,
  ownerId: 'sub-alice',
  owner: 'alice',
  title: `key ${id}`,
  key: 'ssh-ed25519 AAAA alice@laptop',
  type: 'ssh-ed25519',
  bits: 256,
  fingerprint: `SHA256:${id}`,
  fingerprintMd5: '00:11',
  createdAt: '2026-11-23T06:00:00.000Z',
  ...changes,
});

const implementations: [string, () => Promise<SshKeyRepository>][] = [
  ['the fake', async () => fakeSshKeyRepository()],
  ['DynamoDB', async () => dynamoDbSshKeyRepository(await dynamoDb.newTable())],
];

describe.each(implementations)('SshKeyRepository as %s', (_name, create) => {
  let keys: SshKeyRepository;
  beforeEach(async () => {
    keys = await create();
  });

  it('gives back what was added', async () => {
    await keys.add(sshKey('a', { title: 'Grüße 🔑' }));
    expect(await keys.get('a')).toEqual(sshKey('a', { title: 'Grüße 🔑' }));
  });

  it('knows no other keys', async () => {
    await expect(keys.get('a')).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('refuses the same id twice and keeps the first', async () => {
    await keys.add(sshKey('a'));
    await expect(keys.add(sshKey('a', { title: 'again' }))).rejects.toMatchObject({ name: 'Conflict' });
    expect(await keys.get('a')).toEqual(sshKey('a'));
  });

  it('lists the newest first, page by page, and only the owner’s', async () => {
    for (const hour of [1, 3, 2]) await keys.add(sshKey(`h${hour}`, { createdAt: `2026-11-23T0${hour}:00:00.000Z` }));
    await keys.add(sshKey('other', { ownerId: 'sub-bob', owner: 'bob' }));
    const first = await keys.listOf('sub-alice', { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['h3', 'h2']);
    const second = await keys.listOf('sub-alice', { limit: 2, cursor: first.cursor ?? '' });
    expect(second).toMatchObject({ items: [{ id: 'h1' }], cursor: null });
  });

  it('gives no cursor where a page ends with the list', async () => {
    await keys.add(sshKey('a'));
    await keys.add(sshKey('b'));
    expect(await keys.listOf('sub-alice', { limit: 2 })).toMatchObject({ items: { length: 2 }, cursor: null });
    expect(await keys.listOf('nobody', { limit: 2 })).toEqual({ items: [], cursor: null });
  });

  it('refuses cursors that it did not give, and those of another list', async () => {
    for (const id of ['a', 'b']) await keys.add(sshKey(id));
    for (const id of ['c', 'd']) await keys.add(sshKey(id, { ownerId: 'sub-bob', owner: 'bob' }));
    const { cursor } = await keys.listOf('sub-bob', { limit: 1 });
    for (const bad of [cursor ?? '', 'x', '%', 'bnVsbA', 'e30']) {
      await expect(keys.listOf('sub-alice', { limit: 1, cursor: bad })).rejects.toMatchObject({
        name: 'InvalidInput',
        errors: [{ field: 'cursor' }],
      });
    }
  });

  it('lists those of everybody, and finds a fingerprint of either kind with everybody who has it', async () => {
    const own = { fingerprint: 'SHA256:same', fingerprintMd5: 'aa:bb' };
    await keys.add(sshKey('a', { ...own, createdAt: '2026-11-23T01:00:00.000Z' }));
    await keys.add(sshKey('b', { ...own, ownerId: 'sub-bob', owner: 'bob', createdAt: '2026-11-23T02:00:00.000Z' }));
    await keys.add(sshKey('c', { createdAt: '2026-11-23T03:00:00.000Z' }));
    expect((await keys.list({ limit: 5 })).items.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    for (const fingerprint of ['SHA256:same', 'aa:bb'])
      expect((await keys.withFingerprint(fingerprint)).map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
    expect(await keys.withFingerprint('SHA256:other')).toEqual([]);
    await keys.delete(sshKey('a'));
    expect((await keys.withFingerprint('aa:bb')).map(({ id }) => id)).toEqual(['b']);
  });

  it('deletes a key once and for all', async () => {
    await keys.add(sshKey('a'));
    await keys.delete(sshKey('a'));
    await keys.delete(sshKey('a'));
    await expect(keys.get('a')).rejects.toMatchObject({ name: 'NotFound' });
    expect(await keys.listOf('sub-alice', { limit: 5 })).toEqual({ items: [], cursor: null });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbGrantRepository } from '../../functions/adapters/dynamodb-grant-repository.ts';
import type { GrantRepository } from '../../functions/ports/grant-repository.ts';
import type { Grant, Grantee, SharedKind } from '../../shared/domain/grant.ts';
import { at } from '../fakes/cluster.ts';
import { fakeGrantRepository } from '../fakes/fake-grant-repository.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<GrantRepository>][] = [
  ['the fake', async () => fakeGrantRepository()],
  ['DynamoDB', async () => dynamoDbGrantRepository(await dynamoDb.newTable())],
];

const grant = (id: string, to: Grantee, changes: Partial<Grant> = {}, kind: SharedKind = 'cluster'): Grant => ({
  object: { kind, id, key: `key-of-${id}`, createdAt: at('06:00:00') },
  to,
  level: 'view',
  grantedAt: at('07:00:00'),
  ...changes,
});

const created = (id: string, hour: string, to: Grantee = 'user:sub-bob'): Grant => {
  const { object, ...rest } = grant(id, to);
  return { ...rest, object: { ...object, createdAt: at(`${hour}:00:00`) } };
};

describe.each(implementations)('GrantRepository as %s', (_name, create) => {
  let grants: GrantRepository;
  beforeEach(async () => {
    grants = await create();
  });

  const ids = async (...request: Parameters<GrantRepository['heldBy']>): Promise<string[]> =>
    (await grants.heldBy(...request)).map(({ object }) => object.id);

  it('gives back all grants on an object, and none on another or on one of another kind', async () => {
    const bobs = grant('c1', 'user:sub-bob');
    const analysts = grant('c1', 'group:analysts', { level: 'manage' });
    for (const put of [bobs, analysts, grant('c2', 'user:sub-bob'), grant('c1', 'user:sub-x', {}, 'sparkJob')])
      await grants.put(put);
    expect(await grants.on('cluster', 'c1')).toEqual([analysts, bobs]);
    expect(await grants.on('cluster', 'c3')).toEqual([]);
    expect((await grants.on('sparkJob', 'c1')).map(({ to }) => to)).toEqual(['user:sub-x']);
  });

  it('holds one grant for each grantee, the last that was put', async () => {
    await grants.put(grant('c1', 'user:sub-bob'));
    await grants.put(grant('c1', 'user:sub-bob', { level: 'manage' }));
    await grants.put(grant('c1', 'user:sub-bob', { level: 'manage' }));
    expect(await grants.on('cluster', 'c1')).toMatchObject([{ level: 'manage' }]);
    expect(await grants.heldBy('user:sub-bob', 'cluster', null, 9)).toMatchObject([{ level: 'manage' }]);
  });

  it('removes one grant, also twice', async () => {
    for (const to of ['user:sub-bob', 'group:analysts'] as const) await grants.put(grant('c1', to));
    for (const _ of [1, 2]) await grants.remove(grant('c1', 'user:sub-bob'));
    expect((await grants.on('cluster', 'c1')).map(({ to }) => to)).toEqual(['group:analysts']);
    expect(await ids('user:sub-bob', 'cluster', null, 9)).toEqual([]);
  });

  it('tells what a grantee holds, the newest object first, from any position on', async () => {
    const others = [created('x', '04', 'user:sub-x'), created('g', '04', 'group:sub-bob')];
    const jobs = grant('j', 'user:sub-bob', {}, 'sparkJob');
    for (const put of [
      created('a', '01'),
      created('c', '03'),
      created('b', '02'),
      created('b2', '02'),
      jobs,
      ...others,
    ])
      await grants.put(put);
    expect(await ids('user:sub-bob', 'cluster', null, 9)).toEqual(['c', 'b2', 'b', 'a']);
    expect(await ids('user:sub-bob', 'cluster', null, 2)).toEqual(['c', 'b2']);
    expect(await ids('user:sub-bob', 'cluster', { createdAt: at('02:00:00'), id: 'b2' }, 1)).toEqual(['b']);
    expect(await ids('user:sub-bob', 'cluster', { createdAt: at('01:00:00'), id: 'a' }, 9)).toEqual([]);
    expect(await ids('user:sub-bob', 'sparkJob', null, 9)).toEqual(['j']);
    expect(await ids('group:sub-bob', 'cluster', null, 9)).toEqual(['g']);
  });

  it('goes over every grant of a kind, page by page', async () => {
    for (const put of [created('a', '01'), created('b', '02', 'group:x'), grant('j', 'user:sub-bob', {}, 'sparkJob')])
      await grants.put(put);
    const first = await grants.all('cluster', { limit: 1 });
    const second = await grants.all('cluster', { limit: 1, cursor: first.cursor ?? '' });
    expect([first, second].flatMap(({ items }) => items.map(({ object }) => object.id))).toEqual(['a', 'b']);
    expect(second.cursor).toBeNull();
  });

  it('takes every id and name that a provider gives', async () => {
    for (const to of ['user:Google_1#2', 'group:Data & KI / Größe'] as const) {
      await grants.put(grant('c1', to));
      expect(await ids(to, 'cluster', null, 9)).toEqual(['c1']);
    }
    expect((await grants.on('cluster', 'c1')).map(({ to }) => to)).toEqual([
      'group:Data & KI / Größe',
      'user:Google_1#2',
    ]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbJobIdentifiers } from '../../functions/adapters/dynamodb-job-identifiers.ts';
import type { JobIdentifiers } from '../../functions/ports/job-identifiers.ts';
import { at } from '../fakes/cluster.ts';
import { fakeJobIdentifiers } from '../fakes/fake-job-identifiers.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<JobIdentifiers>][] = [
  ['the fake', async () => fakeJobIdentifiers()],
  ['DynamoDB', async () => dynamoDbJobIdentifiers(await dynamoDb.newTable())],
];

describe.each(implementations)('JobIdentifiers as %s', (_name, create) => {
  let identifiers: JobIdentifiers;
  beforeEach(async () => {
    identifiers = await create();
  });

  const deletedAt = (time: string) => ({ jobId: 'j', description: 'd', runCount: 2, deletedAt: at(time) });
  const remove = (identifier: string, time: string) =>
    identifiers.change(identifier, (known) => ({ ...known, deleted: deletedAt(time) }));

  it('gives a free identifier to the first who claims it, and to nobody else', async () => {
    expect(await identifiers.find('daily')).toBeNull();
    const claimed = await identifiers.claim('daily', 'alice');
    expect(claimed).toEqual({ identifier: 'daily', ownerId: 'alice', deleted: null, withdrawal: null, version: 1 });
    expect(await identifiers.claim('daily', 'alice')).toEqual(claimed);
    await expect(identifiers.claim('daily', 'bob')).rejects.toMatchObject({ name: 'Conflict' });
    expect(await identifiers.find('daily')).toEqual(claimed);
  });

  it('gives it to one of two who claim it at once', async () => {
    const claims = await Promise.allSettled(['alice', 'bob'].map((person) => identifiers.claim('daily', person)));
    expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('keeps what is left of a deleted job for its owner', async () => {
    await identifiers.claim('daily', 'alice');
    await remove('daily', '06:00:00');
    expect(await identifiers.claim('daily', 'alice')).toMatchObject({ deleted: deletedAt('06:00:00'), version: 2 });
    await expect(identifiers.claim('daily', 'bob')).rejects.toMatchObject({ name: 'Conflict' });
    await expect(identifiers.change('none', (known) => known)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('finds those with results that are to go', async () => {
    for (const identifier of ['a', 'b']) await identifiers.claim(identifier, 'alice');
    const withdrawal = { scope: 'public', since: at('06:00:00') } as const;
    const noted = await identifiers.change('a', (known) => ({ ...known, withdrawal }));
    expect(await identifiers.withWithdrawal()).toEqual([noted]);
    await identifiers.change('a', (known) => ({ ...known, withdrawal: null }));
    expect(await identifiers.withWithdrawal()).toEqual([]);
  });

  it('lists those of deleted jobs by owner, the last deleted first, page by page', async () => {
    const all = { a: '06:00:00', b: '08:00:00', c: '07:00:00' };
    for (const [identifier, time] of Object.entries(all)) {
      await identifiers.claim(identifier, 'alice');
      await remove(identifier, time);
    }
    await identifiers.claim('live', 'alice');
    const first = await identifiers.deletedOf('alice', { limit: 2 });
    expect(first.items.map(({ identifier }) => identifier)).toEqual(['b', 'c']);
    const second = await identifiers.deletedOf('alice', { limit: 2, cursor: first.cursor ?? '' });
    expect([second.items.map(({ identifier }) => identifier), second.cursor]).toEqual([['a'], null]);
    expect((await identifiers.deletedOf('bob', { limit: 2 })).items).toEqual([]);
    await identifiers.change('a', (known) => ({ ...known, deleted: null }));
    expect((await identifiers.deletedOf('alice', { limit: 5 })).items).toHaveLength(2);
  });
});

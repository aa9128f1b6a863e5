import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dynamoDbPersonRepository } from '../../functions/adapters/dynamodb-person-repository.ts';
import type { PersonRepository } from '../../functions/ports/person-repository.ts';
import { ALICE } from '../fakes/cluster.ts';
import { fakePersonRepository } from '../fakes/fake-person-repository.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<PersonRepository>][] = [
  ['the fake', async () => fakePersonRepository()],
  ['DynamoDB', async () => dynamoDbPersonRepository(await dynamoDb.newTable())],
];

describe.each(implementations)('people in %s', (_name, start) => {
  it('are recorded at their first sign-in', async () => {
    const people = await start();
    const record = {
      ...ALICE,
      firstSeenAt: '2026-11-23T06:00:00.000Z',
      lastSeenAt: '2026-11-23T06:00:00.000Z',
      version: 1,
    };
    expect(await people.seen(ALICE, '2026-11-23T06:00:00.000Z')).toEqual(record);
    expect(await people.get(ALICE.id)).toEqual(record);
  });

  it('keep their id while name, address and groups change', async () => {
    const people = await start();
    await people.seen(ALICE, '2026-11-23T06:00:00.000Z');
    const renamed = { ...ALICE, username: 'alice.smith', email: 'alice.smith@example.com', groups: ['admins'] };
    await people.seen(renamed, '2026-11-24T06:00:00.000Z');
    expect(await people.get(ALICE.id)).toEqual({
      ...renamed,
      firstSeenAt: '2026-11-23T06:00:00.000Z',
      lastSeenAt: '2026-11-24T06:00:00.000Z',
      version: 2,
    });
  });

  it('are unknown before', async () => {
    await expect((await start()).get('sub-bob')).rejects.toMatchObject({ name: 'NotFound' });
  });
});

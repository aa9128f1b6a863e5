import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbServerlessApplications } from '../../functions/adapters/dynamodb-serverless-applications.ts';
import type { ServerlessApplications } from '../../functions/ports/serverless-applications.ts';
import { at } from '../fakes/cluster.ts';
import { fakeServerlessApplications } from '../fakes/fake-serverless-applications.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<ServerlessApplications>][] = [
  ['the fake', async () => fakeServerlessApplications()],
  ['DynamoDB', async () => dynamoDbServerlessApplications(await dynamoDb.newTable())],
];

const KEY = '7.13.0-arm64-01234567';

describe.each(implementations)('ServerlessApplications as %s', (_name, create) => {
  let applications: ServerlessApplications;
  beforeEach(async () => {
    applications = await create();
  });

  it('gives all who ask at once the same claim', async () => {
    const tokens = ['a', 'b', 'c', 'd'];
    const claims = await Promise.all(tokens.map((token) => applications.claim(KEY, token, at('06:00:00'))));
    expect(new Set(claims.map(({ token }) => token)).size).toBe(1);
    expect(claims[0]).toMatchObject({ key: KEY, applicationId: null, claimedAt: at('06:00:00') });
    expect((await applications.claim('another', 'e', at('06:00:00'))).token).toBe('e');
  });

  it('keeps the id of a claim, but not that of one which was replaced', async () => {
    const claim = await applications.claim(KEY, 'a', at('06:00:00'));
    await applications.made(claim, '00first');
    expect(await applications.claim(KEY, 'x', at('06:01:00'))).toMatchObject({ token: 'a', applicationId: '00first' });
    const next = await applications.replace(claim, 'b', at('07:00:00'));
    expect(next).toMatchObject({ token: 'b', applicationId: null, claimedAt: at('07:00:00') });
    await applications.made(claim, '00late');
    expect((await applications.claim(KEY, 'x', at('07:01:00'))).applicationId).toBeNull();
  });

  it('replaces a claim once, whoever finds out that its application is gone', async () => {
    const gone = await applications.claim(KEY, 'a', at('06:00:00'));
    const replaced = await Promise.all(['b', 'c'].map((token) => applications.replace(gone, token, at('07:00:00'))));
    expect(replaced[0]?.token).toBe(replaced[1]?.token);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbClaimedResources } from '../../functions/adapters/dynamodb-claimed-resources.ts';
import type { ClaimedResources } from '../../functions/ports/claimed-resources.ts';
import { at } from '../fakes/cluster.ts';
import { fakeClaimedResources } from '../fakes/fake-claimed-resources.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<ClaimedResources>][] = [
  ['the fake', async () => fakeClaimedResources()],
  ['DynamoDB', async () => dynamoDbClaimedResources(await dynamoDb.newTable(), { kind: 'serverlessApplication' })],
];

const KEY = '7.13.0-arm64-01234567';

describe.each(implementations)('ClaimedResources as %s', (_name, create) => {
  let claims: ClaimedResources;
  beforeEach(async () => {
    claims = await create();
  });

  it('gives all who ask at once the same claim', async () => {
    const tokens = ['a', 'b', 'c', 'd'];
    const claimed = await Promise.all(tokens.map((token) => claims.claim(KEY, token, at('06:00:00'))));
    expect(new Set(claimed.map(({ token }) => token)).size).toBe(1);
    expect(claimed[0]).toMatchObject({ key: KEY, resourceId: null, claimedAt: at('06:00:00') });
    expect((await claims.claim('another', 'e', at('06:00:00'))).token).toBe('e');
  });

  it('keeps the id of a claim, but not that of one which was replaced', async () => {
    const claim = await claims.claim(KEY, 'a', at('06:00:00'));
    await claims.made(claim, '00first');
    expect(await claims.claim(KEY, 'x', at('06:01:00'))).toMatchObject({ token: 'a', resourceId: '00first' });
    const next = await claims.replace(claim, 'b', at('07:00:00'));
    expect(next).toMatchObject({ token: 'b', resourceId: null, claimedAt: at('07:00:00') });
    await claims.made(claim, '00late');
    expect((await claims.claim(KEY, 'x', at('07:01:00'))).resourceId).toBeNull();
  });

  it('replaces a claim once, whoever finds out that its resource is gone', async () => {
    const gone = await claims.claim(KEY, 'a', at('06:00:00'));
    const replaced = await Promise.all(['b', 'c'].map((token) => claims.replace(gone, token, at('07:00:00'))));
    expect(replaced[0]?.token).toBe(replaced[1]?.token);
  });
});

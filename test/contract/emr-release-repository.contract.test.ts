import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dynamoDbEmrReleaseRepository } from '../../functions/adapters/dynamodb-emr-release-repository.ts';
import type { EmrReleaseRepository } from '../../functions/ports/emr-release-repository.ts';
import { SEED_EMR_RELEASES, withFacts, type KeptEmrRelease } from '../../shared/domain/emr-release.ts';
import { fakeEmrReleaseRepository } from '../fakes/fake-emr-release-repository.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const release = (version: string): KeptEmrRelease => ({
  version,
  changelogUrl: `https://example.com/${version}`,
  helpText: 'Kept by an admin',
  isActive: false,
  isExperimental: true,
  isDeprecated: false,
});

const inDynamoDb = async (...releases: readonly KeptEmrRelease[]): Promise<EmrReleaseRepository> => {
  const table = await dynamoDb.newTable();
  for (const item of releases) {
    const Item = { pk: 'emr-release', sk: item.version, item };
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
  return dynamoDbEmrReleaseRepository(table);
};

const implementations: [string, (...releases: readonly KeptEmrRelease[]) => Promise<EmrReleaseRepository>][] = [
  ['the fake', async (...releases) => fakeEmrReleaseRepository(...releases)],
  ['DynamoDB', inDynamoDb],
];

describe.each(implementations)('EmrReleaseRepository as %s', (_name, create) => {
  it('holds a first set after the deployment, however many ask at once', async () => {
    const releases = await create();
    for (const all of await Promise.all([releases.all(), releases.all(), releases.all()])) {
      expect(all).toEqual(withFacts(SEED_EMR_RELEASES));
    }
    expect(await releases.all()).toEqual(withFacts(SEED_EMR_RELEASES));
  });

  it('holds what admins keep and nothing besides, newest first, with what each release has', async () => {
    const kept = ['7.9.0', 'spark-8.0.0', '7.10.0'].map(release);
    const all = await (await create(...kept)).all();
    expect(all).toEqual(withFacts(['spark-8.0.0', '7.10.0', '7.9.0'].map(release)));
    expect(all[0]).toMatchObject({ sparkVersion: '4.0.2', supportEndsOn: '2027-05-20' });
  });

  it('replaces and deletes what admins keep, with the facts that they gave', async () => {
    const releases = await create(release('7.9.0'), release('7.10.0'));
    await releases.put({ ...release('7.9.0'), isActive: true, sparkVersion: '3.9.9' });
    await releases.put(release('7.13.0'));
    await releases.delete('7.10.0');
    await releases.delete('7.10.0');
    const all = await releases.all();
    expect(all.map(({ version }) => version)).toEqual(['7.13.0', '7.9.0']);
    expect(all[1]).toMatchObject({ isActive: true, sparkVersion: '3.9.9', pythonVersion: '3.11' });
  });

  it('leaves out a release that an earlier version of ATMO kept and this one cannot launch', async () => {
    const all = await (await create(release('7.9.0'), release('6.15.0'))).all();
    expect(all.map(({ version }) => version)).toEqual(['7.9.0']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dynamoDbClusterRepository } from '../../functions/adapters/dynamodb-cluster-repository.ts';
import { dynamoDbMailRecords } from '../../functions/adapters/dynamodb-mail-records.ts';
import { dynamoDbOutboxes } from '../../functions/adapters/dynamodb-outbox.ts';
import { newMailRecord } from '../../shared/domain/mail-record.ts';
import { at, readyCluster } from '../fakes/cluster.ts';
import { fakeClusterRepository } from '../fakes/fake-cluster-repository.ts';
import { fakeMailRecords } from '../fakes/fake-mail-records.ts';
import { fakeOutboxes } from '../fakes/fake-outboxes.ts';
import { expiredMail } from '../fakes/mail.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const ofFakes = async () => {
  const [clusters, mails] = [fakeClusterRepository(), fakeMailRecords()];
  return { clusters, mails, outboxes: fakeOutboxes(clusters, mails) };
};

const ofDynamoDb = async () => {
  const table = await dynamoDb.newTable();
  return {
    clusters: dynamoDbClusterRepository(table),
    mails: dynamoDbMailRecords(table),
    outboxes: dynamoDbOutboxes(table),
  };
};

const mail = expiredMail('m', at('06:00:00'));

describe.each([
  ['the fakes', ofFakes],
  ['DynamoDB', ofDynamoDb],
])('Outboxes as %s', (_name, create) => {
  it('are empty until an item of any kind has a mail, and again once all are sent', async () => {
    const { clusters, mails, outboxes } = await create();
    await clusters.claimLaunch(readyCluster({ id: 'c1' }));
    await mails.keep(newMailRecord('r1', mail), (record) => record);
    expect(await outboxes.areEmpty()).toBe(true);

    await clusters.change('c1', (cluster) => ({ ...cluster, outbox: [mail] }));
    await mails.change('r1', (record) => ({ ...record, outbox: [mail] }));
    expect(await outboxes.areEmpty()).toBe(false);

    await clusters.change('c1', (cluster) => ({ ...cluster, outbox: [] }));
    expect(await outboxes.areEmpty()).toBe(false);

    await mails.change('r1', (record) => ({ ...record, outbox: [] }));
    expect(await outboxes.areEmpty()).toBe(true);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbUpkeepRecords } from '../../functions/adapters/dynamodb-upkeep-records.ts';
import type { UpkeepRecords } from '../../functions/ports/upkeep-records.ts';
import { executionEnded, executionStarted, type UpkeepRecord } from '../../shared/domain/upkeep-record.ts';
import { at } from '../fakes/cluster.ts';
import { fakeUpkeepRecords } from '../fakes/fake-upkeep-records.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<UpkeepRecords>][] = [
  ['the fake', async () => fakeUpkeepRecords()],
  ['DynamoDB', async () => dynamoDbUpkeepRecords(await dynamoDb.newTable())],
];

describe.each(implementations)('UpkeepRecords as %s', (_name, create) => {
  let records: UpkeepRecords;
  beforeEach(async () => {
    records = await create();
  });

  it('keeps one record for each task that ever started', async () => {
    expect(await records.all()).toEqual([]);
    const execution = { id: 'e1', startedAt: at('06:00:00') };
    await records.change('sendMails', (record) => executionStarted(record, execution));
    await records.change('expireJobs', (record) => executionStarted(record, execution));
    await records.change('sendMails', (record) =>
      executionEnded(record, execution, { at: at('06:00:02'), handled: 3, error: null }),
    );
    const all = (await records.all()).toSorted((a, b) => a.task.localeCompare(b.task));
    expect(all).toMatchObject([
      { task: 'expireJobs', lastStartedAt: at('06:00:00'), lastEndedAt: null, running: [execution] },
      { task: 'sendMails', lastStartedAt: at('06:00:00'), lastEndedAt: at('06:00:02'), handled: 3, running: [] },
    ]);
  });

  it('keeps both of two executions that start at once', async () => {
    await Promise.all(
      ['a', 'b'].map((id) =>
        records.change('sendMails', (record) => executionStarted(record, { id, startedAt: at('06:00:00') })),
      ),
    );
    const [record] = await records.all();
    expect(record?.running.map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
  });

  it('applies a change to what others wrote since the caller did', async () => {
    const start = (id: string) => (record: UpkeepRecord) => executionStarted(record, { id, startedAt: at('06:00:00') });
    const mine = await records.change('sendMails', start('a'));
    await records.change('sendMails', start('b'));
    const ended = { at: at('06:00:02'), handled: 3, error: null };
    await records.change(
      'sendMails',
      (record) => executionEnded(record, { id: 'a', startedAt: at('06:00:00') }, ended),
      mine,
    );
    expect(await records.all()).toMatchObject([{ handled: 3, running: [{ id: 'b' }] }]);
  });
});

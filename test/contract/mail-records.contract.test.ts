import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbMailRecords } from '../../functions/adapters/dynamodb-mail-records.ts';
import type { MailRecords } from '../../functions/ports/mail-records.ts';
import {
  attempted,
  failed,
  newMailRecord,
  resendRequested,
  sent,
  type MailState,
} from '../../shared/domain/mail-record.ts';
import { at } from '../fakes/cluster.ts';
import { fakeMailRecords } from '../fakes/fake-mail-records.ts';
import { expiredMail } from '../fakes/mail.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<MailRecords>][] = [
  ['the fake', async () => fakeMailRecords()],
  ['DynamoDB', async () => dynamoDbMailRecords(await dynamoDb.newTable())],
];

const planned = (id: string, since = at('06:00:00')) => newMailRecord(id, expiredMail(id, since));

describe.each(implementations)('MailRecords as %s', (_name, create) => {
  let records: MailRecords;
  beforeEach(async () => {
    records = await create();
  });
  const listed = async (state: MailState | null) =>
    (await records.list(state, { limit: 10 })).items.map(({ id }) => id);

  it('makes a record once, and changes it from then on', async () => {
    const attempt = () => records.keep(planned('a'), (record) => attempted(record, at('06:00:01')));
    await Promise.all([attempt(), attempt()]);
    expect(await records.get('a')).toMatchObject({ attempts: 2, mail: { kind: 'spark-job-expired' } });
    await records.change('a', (record) => sent(record, at('06:00:02')));
    expect(await records.get('a')).toMatchObject({ sentAt: at('06:00:02'), attempts: 2 });
    await expect(records.get('b')).rejects.toMatchObject({ name: 'NotFound' });
    await expect(records.change('b', (record) => record)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('lists the newest first, of each state and of all, page by page', async () => {
    await records.keep(planned('waiting', at('06:00:00')), (record) => attempted(record, at('06:00:00')));
    await records.keep(planned('sent', at('06:01:00')), (record) => sent(record, at('06:01:00')));
    await records.keep(planned('failed', at('06:02:00')), (record) => failed(record, 'no', at('06:02:00')));
    expect(await listed(null)).toEqual(['failed', 'sent', 'waiting']);
    expect(await listed('waiting')).toEqual(['waiting']);
    expect(await listed('sent')).toEqual(['sent']);
    expect(await listed('failed')).toEqual(['failed']);
    const first = await records.list(null, { limit: 2 });
    const second = await records.list(null, { limit: 2, cursor: first.cursor ?? '' });
    expect(second).toMatchObject({ items: [{ id: 'waiting' }], cursor: null });
  });

  it('knows those to be sent again until they were', async () => {
    await records.keep(planned('a'), (record) => failed(record, 'no', at('06:02:00')));
    expect(await records.withUnsentMail()).toEqual([]);
    await records.change('a', (record) => resendRequested(record, at('07:00:00')));
    expect(await records.withUnsentMail()).toMatchObject([{ id: 'a' }]);
    await records.change('a', (record) => sent(record, at('07:01:00')));
    expect(await records.withUnsentMail()).toEqual([]);
  });
});

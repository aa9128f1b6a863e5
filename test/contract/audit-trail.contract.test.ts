import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbAuditTrail } from '../../functions/adapters/dynamodb-audit-trail.ts';
import type { AuditTrail } from '../../functions/ports/audit-trail.ts';
import { auditedRun, type AuditEntry, type AuditFilter } from '../../shared/domain/audit.ts';
import { at } from '../fakes/cluster.ts';
import { fakeAuditTrail } from '../fakes/fake-audit-trail.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const entry = (time: string, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  at: at(time),
  actor: 'alice',
  actorId: 'sub-alice',
  action: 'cluster.launch',
  object: { kind: 'cluster', id: 'c1' },
  detail: { size: 3, changed: ['size'], isPublic: false, endDate: null },
  sourceIp: '203.0.113.9',
  requestId: time,
  ...changes,
});

const everything: AuditFilter = {
  actor: null,
  action: null,
  object: null,
  from: at('00:00:00'),
  to: at('23:59:59'),
};

const implementations: [string, () => Promise<AuditTrail>][] = [
  ['the fake', async () => fakeAuditTrail()],
  ['DynamoDB', async () => dynamoDbAuditTrail(await dynamoDb.newTable())],
];

describe.each(implementations)('AuditTrail as %s', (_name, create) => {
  let trail: AuditTrail;
  beforeEach(async () => {
    trail = await create();
  });

  const found = async (filter: Partial<AuditFilter> = {}): Promise<string[]> =>
    (await trail.list({ ...everything, ...filter }, { limit: 100 })).items.map(({ requestId }) => requestId);

  const aDay = async (): Promise<void> => {
    const run = auditedRun('daily-report', 'run-1');
    for (const written of [
      entry('06:00:00'),
      entry('07:00:00', { action: 'cluster.extend' }),
      entry('08:00:00', { actor: 'Bob', actorId: 'sub-bob', object: { kind: 'cluster', id: 'c2' } }),
      entry('09:00:00', { action: 'spark-job.run', object: { kind: 'spark-job', id: 'daily-report' } }),
      entry('10:00:00', { actor: 'atmo', actorId: null, action: 'run.time-out', object: run, sourceIp: null }),
    ])
      await trail.record(written);
  };

  it('gives back what was recorded', async () => {
    await trail.record(entry('06:00:00'));
    expect(await trail.list(everything, { limit: 5 })).toEqual({ items: [entry('06:00:00')], cursor: null });
  });

  it('keeps what happened in the same millisecond apart', async () => {
    for (const id of ['c1', 'c2', 'c3']) await trail.record(entry('06:00:00', { object: { kind: 'cluster', id } }));
    expect(await found()).toHaveLength(3);
  });

  it('lists the newest first, by any of its filters and by several at once', async () => {
    await aDay();
    expect(await found()).toEqual(['10:00:00', '09:00:00', '08:00:00', '07:00:00', '06:00:00']);
    expect(await found({ actor: 'Alice' })).toEqual(['09:00:00', '07:00:00', '06:00:00']);
    expect(await found({ actor: 'bob' })).toEqual(['08:00:00']);
    expect(await found({ actor: 'atmo' })).toEqual(['10:00:00']);
    expect(await found({ action: 'cluster.launch' })).toEqual(['08:00:00', '06:00:00']);
    expect(await found({ object: { kind: null, id: 'c1' } })).toEqual(['07:00:00', '06:00:00']);
    expect(await found({ object: { kind: 'run', id: 'c1' } })).toEqual([]);
    expect(await found({ actor: 'alice', action: 'cluster.launch' })).toEqual(['06:00:00']);
    expect(await found({ actor: 'bob', object: { kind: 'cluster', id: 'c1' } })).toEqual([]);
    expect(await found({ from: at('07:00:00'), to: at('09:00:00') })).toEqual(['09:00:00', '08:00:00', '07:00:00']);
    expect(await found({ from: at('07:00:01'), action: 'cluster.launch' })).toEqual(['08:00:00']);
  });

  it('finds a run by its job and by itself', async () => {
    await aDay();
    expect(await found({ object: { kind: null, id: 'daily-report' } })).toEqual(['10:00:00', '09:00:00']);
    expect(await found({ object: { kind: null, id: 'daily-report/run-1' } })).toEqual(['10:00:00']);
    expect(await found({ object: { kind: null, id: 'daily' } })).toEqual([]);
  });

  it('pages through what matches without gap or repetition', async () => {
    for (let minute = 10; minute < 40; minute += 1)
      await trail.record(entry(`06:${minute}:00`, { actor: minute % 3 === 0 ? 'bob' : 'alice' }));
    const filter: AuditFilter = { ...everything, actor: 'bob', action: 'cluster.launch' };
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await trail.list(filter, { limit: 4, cursor: cursor ?? undefined });
      expect(page.items.length).toBeLessThanOrEqual(4);
      seen.push(...page.items.map(({ requestId }) => requestId));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(seen).toEqual(
      Array.from({ length: 30 }, (_, index) => 39 - index)
        .filter((minute) => minute % 3 === 0)
        .map((minute) => `06:${minute}:00`),
    );
  });

  it('refuses the cursor of another list', async () => {
    await aDay();
    const { cursor } = await trail.list({ ...everything, actor: 'alice' }, { limit: 1 });
    await expect(trail.list({ ...everything, actor: 'bob' }, { limit: 1, cursor: cursor ?? '' })).rejects.toMatchObject(
      { name: 'InvalidInput', errors: [{ field: 'cursor' }] },
    );
  });
});

describe('the trail in DynamoDB', () => {
  it('has an entry deleted a year after it', async () => {
    const table = await dynamoDb.newTable();
    await dynamoDbAuditTrail(table).record(entry('06:00:00'));
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
    expect(Items.map((item): unknown => item['deleteAt'])).toEqual([Date.parse('2027-11-23T06:00:00Z') / 1000]);
  });

  it('has one entry for an act that a repeated task records again', async () => {
    const trail = dynamoDbAuditTrail(await dynamoDb.newTable());
    await trail.record(entry('06:00:00', { requestId: 'execution-1' }));
    await trail.record(entry('06:00:09', { requestId: 'execution-1' }));
    await trail.record(entry('06:00:10', { requestId: 'execution-1', action: 'cluster.extend' }));
    expect((await trail.list(everything, { limit: 5 })).items.map((known) => known.at)).toEqual([
      at('06:00:10'),
      at('06:00:00'),
    ]);
  });

  it('answers in pieces where few of very many entries match', async () => {
    const trail = dynamoDbAuditTrail(await dynamoDb.newTable());
    await trail.record(entry('05:00:00', { action: 'cluster.extend' }));
    const many = Array.from({ length: 1100 }, (_, n) => entry('06:00:00', { requestId: `${n}` }));
    for (let start = 0; start < many.length; start += 100)
      await Promise.all(many.slice(start, start + 100).map((one) => trail.record(one)));
    const filter: AuditFilter = { ...everything, actor: 'alice', action: 'cluster.extend' };
    const first = await trail.list(filter, { limit: 25 });
    expect(first.items).toEqual([]);
    const second = await trail.list(filter, { limit: 25, cursor: first.cursor ?? '' });
    expect(second).toMatchObject({ items: [{ action: 'cluster.extend' }], cursor: null });
  });
});

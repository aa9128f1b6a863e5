import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';

import { summedUsage } from '../../../functions/access/summed-usage.ts';
import { getUsage } from '../../../functions/admin/get-usage.ts';
import { getMyUsage } from '../../../functions/portal/get-my-usage.ts';
import { csvOf } from '../../../functions/runtime/csv.ts';
import { httpHandler } from '../../../functions/runtime/http-handler.ts';
import { adminMonitorRoutes } from '../../../shared/contract/routes/admin-monitor.ts';
import { plusMinutes } from '../../../shared/domain/instant.ts';
import { firstSeen } from '../../../shared/domain/person.ts';
import { noUsage, type Usage, type UsageEntry } from '../../../shared/domain/usage.ts';
import { ADMIN, ALICE, at, BOB } from '../../fakes/cluster.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { fakeUsageRepository } from '../../fakes/fake-usage-repository.ts';
import { fakeUsageSums } from '../../fakes/fake-usage-sums.ts';
import { testClock } from '../../fakes/test-clock.ts';

const entry = (dollars: number): UsageEntry => ({
  started: 1,
  seconds: 3600,
  nodeSeconds: 7200,
  dollars,
  normalizedHours: 8,
  version: 3,
});
const used = (
  ownerId: string,
  owner: string,
  day: string,
  dollars: number,
  kind: Usage['kind'] = 'cluster',
): Usage => ({
  ...noUsage({ ownerId, kind, day, part: 'w' }, owner),
  entries: { w: entry(dollars) },
});

const USAGES = [
  used('sub-alice', 'alice', '2026-11-01', 1),
  used('sub-alice', 'alice', '2026-11-23', 0.5, 'run'),
  used('sub-alice', 'alice', '2026-10-31', 7),
  used('sub-alice', 'alice', '2026-12-01', 9),
  used('sub-bob', 'bob-of-old', '2026-11-23', 3),
  used('sub-gone', '=1+1', '2026-11-30', 0.25),
];

const seen = (person: typeof ALICE, groups: readonly string[]) => firstSeen({ ...person, groups }, at('00:00:00'));
const PEOPLE = [seen(ALICE, ['analysts', 'admins']), seen(BOB, ['analysts'])];
const clock = testClock(at('12:00:00'));
const usage = summedUsage({ usage: fakeUsageRepository(...USAGES), sums: fakeUsageSums(), clock });
const reportOf = getUsage({ usage, people: fakePersonRepository(...PEOPLE), clock });

/** Through the handler: validation and negotiation are its own. */
const get = async (query: Record<string, string> = {}, accept = 'application/json') => {
  const handler = httpHandler(
    { getUsage: adminMonitorRoutes.getUsage },
    { getUsage: reportOf },
    {
      publicUrl: 'https://atmo.example.com',
      originKey: '',
      writeCsv: csvOf,
      authenticate: async () => ({ person: ADMIN, cookies: [] }),
    },
  );
  const event = {
    routeKey: 'GET /api/admin/usage',
    rawPath: '/api/admin/usage',
    headers: { accept },
    queryStringParameters: query,
    isBase64Encoded: false,
    requestContext: { requestId: 'r-1', http: { method: 'GET', sourceIp: '192.0.2.1' } },
  } as unknown as APIGatewayProxyEventV2;
  return handler(event, {} as Context);
};
const json = async (query: Record<string, string> = {}) => JSON.parse((await get(query)).body ?? '') as unknown;

describe('the usage of everybody', () => {
  it('is that of the present month, by day', async () => {
    expect(await json()).toEqual({
      from: '2026-11-01',
      to: '2026-11-30',
      by: 'day',
      currency: 'USD',
      items: [
        expect.objectContaining({ key: '2026-11-01', id: null, clusters: 1, runs: 0, cost: 1 }),
        expect.objectContaining({ key: '2026-11-23', id: null, clusters: 1, runs: 1, cost: 3.5 }),
        expect.objectContaining({ key: '2026-11-30', id: null, clusters: 1, runs: 0, cost: 0.25 }),
      ],
      total: { clusters: 3, sessions: 0, runs: 1, hours: 4, instanceHours: 8, normalizedInstanceHours: 32, cost: 4.75 },
    });
  });

  it('has people by the names that they have now, the dearest first', async () => {
    expect(await json({ by: 'person' })).toMatchObject({
      items: [
        { key: 'bob', id: 'sub-bob', cost: 3 },
        { key: 'alice', id: 'sub-alice', cost: 1.5 },
        { key: '=1+1', id: 'sub-gone', cost: 0.25 },
      ],
    });
  });

  it('has a person of several groups in each of them, and people without one apart', async () => {
    expect(await json({ by: 'group' })).toMatchObject({
      items: [
        { key: 'analysts', cost: 4.5 },
        { key: 'admins', cost: 1.5 },
        { key: '', cost: 0.25 },
      ],
      total: { cost: 4.75 },
    });
  });

  it('is read again after a minute, and days that are summed up after ten, or once others are', async () => {
    const time = testClock(at('12:00:00'));
    const items = fakeUsageRepository(...USAGES);
    const sums = fakeUsageSums();
    const summed = (day: string) =>
      sums.changeDay(day, (known) => ({ ...known, summedAt: plusMinutes(time.now(), -60) }));
    for (const day of ['2026-11-01', '2026-11-02']) await summed(day);
    const [read, readSums] = [vi.spyOn(items, 'ofEverybody'), vi.spyOn(sums, 'ofEverybody')];
    const counted = summedUsage({ usage: items, sums, clock: time });
    const report = getUsage({ usage: counted, people: fakePersonRepository(...PEOPLE), clock: time });
    const reads = async () => {
      read.mockClear();
      readSums.mockClear();
      await report({ by: 'day' });
      return [...readSums.mock.calls, ...read.mock.calls];
    };
    const [months, open] = [
      ['2026-11', '2026-11'],
      ['2026-11-03', '2026-11-30'],
    ];
    expect(await reads()).toEqual([months, open]);
    time.set(at('12:00:59'));
    expect(await reads()).toEqual([]);
    time.set(at('12:01:00'));
    expect(await reads()).toEqual([open]);
    time.set(at('12:10:00'));
    expect(await reads()).toEqual([months, open]);
    await summed('2026-11-05');
    expect(await reads()).toEqual([months, ['2026-11-03', '2026-11-04'], ['2026-11-06', '2026-11-30']]);
  });

  it('has kinds', async () => {
    expect(await json({ by: 'kind' })).toMatchObject({
      items: [
        { key: 'cluster', cost: 4.25 },
        { key: 'run', cost: 0.5 },
      ],
    });
  });

  it('is of other days where they are named, both included', async () => {
    expect(await json({ from: '2026-10-31', to: '2026-11-01' })).toMatchObject({ total: { cost: 8 } });
    expect(await json({ from: '2026-11-23' })).toMatchObject({ from: '2026-11-23', to: '2026-11-30' });
    expect(await json({ to: '2026-10-31' })).toMatchObject({
      from: '2026-10-01',
      to: '2026-10-31',
      total: { cost: 7 },
    });
  });

  it.each([
    [{ from: '2026-02-30' }, 'from'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-11-23', to: '2026-11-22' }, 'from'],
    [{ from: '2025-11-01', to: '2026-11-30' }, 'from'],
    [{ to: '2026-11-31' }, 'to'],
    [{ by: 'team' }, 'by'],
    [{ per: 'day' }, 'per'],
  ])('refuses %j, naming the field', async (query, field) => {
    const { statusCode, body } = await get(query);
    expect(statusCode).toBe(400);
    expect(JSON.parse(body ?? '')).toMatchObject({ errors: [{ field }] });
  });

  it('is a table without formulas for a spreadsheet', async () => {
    const { headers, body } = await get({ by: 'person' }, 'text/csv');
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="atmo-usage-2026-11-01-2026-11-30-by-person.csv"',
      vary: 'Accept',
    });
    expect(body?.split('\r\n')).toEqual([
      'person,clusters,sessions,runs,hours,instanceHours,normalizedInstanceHours,cost,currency',
      'bob,1,0,0,1,2,8,3,USD',
      'alice,1,0,1,2,4,16,1.5,USD',
      "'=1+1,1,0,0,1,2,8,0.25,USD",
      '',
    ]);
  });
});

describe('a cell of a CSV file', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is no formula', (text) => {
    expect(csvOf([[text, 1]])).toMatch(/^"?'/);
  });

  it('keeps commas, quotes and line ends of a name to itself', () => {
    expect(csvOf([['a,b', 'c"d', 'e\nf', -1]])).toBe('"a,b","c""d","e\nf",-1\r\n');
  });
});

describe('my usage', () => {
  const budget = { limit: 100, used: 2, level: 'ok' } as const;
  const mine = getMyUsage({ usage, clock, budgetOf: async () => budget });

  it('is that of the present month, by day and by kind, and of nobody else', async () => {
    expect(await mine({}, ALICE)).toMatchObject({
      month: '2026-11',
      total: 1.5,
      currency: 'USD',
      budget,
      byDay: [
        { day: '2026-11-01', cost: 1 },
        { day: '2026-11-23', cost: 0.5 },
      ],
      byKind: [
        { kind: 'cluster', cost: 1, clusters: 1 },
        { kind: 'run', cost: 0.5, runs: 1 },
      ],
    });
  });

  it('is that of another month where it is named', async () => {
    expect(await mine({ month: '2026-10' }, ALICE)).toMatchObject({ month: '2026-10', total: 7 });
    expect(await mine({ month: '2026-09' }, ALICE)).toMatchObject({ total: 0, byDay: [], byKind: [] });
  });
});

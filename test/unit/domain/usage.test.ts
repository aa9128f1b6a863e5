import { describe, expect, it } from 'vitest';

import { usageAsNumbers } from '../../../functions/adapters/dynamodb-usage-repository.ts';
import { newRunToken } from '../../../functions/runtime/tokens.ts';
import { costBetween, rateOf } from '../../../shared/domain/cost.ts';
import { plusHours, toInstant, type Instant } from '../../../shared/domain/instant.ts';
import { LAUNCH_LANES } from '../../../shared/domain/launch-slots.ts';
import { DEFAULT_QUOTAS, QUOTA_LIMITS } from '../../../shared/domain/quota.ts';
import { daysOfMonth } from '../../../shared/domain/month.ts';
import {
  meteredCluster,
  meteredRun,
  noUsage,
  usageByDay,
  usageKeyFor,
  withEntry,
  type Usage,
  type UsageEntry,
} from '../../../shared/domain/usage.ts';
import { addedUp, byCost, byKey, rowsBy, sumOf, type UsageRow } from '../../../shared/domain/usage-report.ts';
import { costOfWorkload } from '../../../shared/domain/workload-cost.ts';
import { at, claimedCluster, readyCluster } from '../../fakes/cluster.ts';
import { finishedJob, runOf } from '../../fakes/spark-job.ts';

const RATE = rateOf({ ec2: 0.333333, emr: 0.1 });

/** A cluster of a master and two workers that EMR took at a moment. */
const since = (startedAt: Instant, finishedAt: Instant | null = null) =>
  meteredCluster(
    readyCluster({
      size: 2,
      startedAt,
      finishedAt,
      status: finishedAt === null ? 'WAITING' : 'TERMINATED',
      rate: RATE,
      normalizedInstanceHours: finishedAt === null ? 3 : 24,
      version: 5,
    }),
  );

const daysIn = (metered: ReturnType<typeof since>, now: Instant) => Object.fromEntries(usageByDay(metered, now));

describe('what a workload adds to a day', () => {
  it('is nothing before EMR has taken it', () => {
    expect(daysIn(meteredCluster(claimedCluster()), at('12:00:00'))).toEqual({});
  });

  it('is what it has used up to now while it runs', () => {
    expect(daysIn(since(at('06:00:00')), at('08:00:00'))).toEqual({
      '2026-11-23': {
        started: 1,
        seconds: 7200,
        nodeSeconds: 3 * 7200,
        dollars: costBetween(RATE.hourly, at('06:00:00'), at('08:00:00')),
        normalizedHours: 0,
        version: 5,
      },
    });
  });

  it('stops at its end, and has the normalized hours then', () => {
    expect(daysIn(since(at('06:00:00'), at('07:00:00')), at('20:00:00'))['2026-11-23']).toMatchObject({
      seconds: 3600,
      normalizedHours: 24,
    });
  });

  it('is split at midnight, and the days add up to the cost of the whole', () => {
    const metered = since('2026-11-29T22:59:59.500Z', '2026-12-02T01:00:07.250Z');
    const days = daysIn(metered, '2026-12-02T01:05:00.000Z');
    expect(Object.keys(days)).toEqual(['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02']);
    expect(Object.values(days).map(({ seconds }) => seconds)).toEqual([3600, 86_400, 86_400, 3607]);
    expect(Object.values(days).map(({ started }) => started)).toEqual([1, 0, 0, 0]);
    expect(Object.values(days).map(({ normalizedHours }) => normalizedHours)).toEqual([0, 0, 0, 24]);
    const micro = Object.values(days).reduce((sum, { dollars }) => sum + Math.round(dollars * 1e6), 0);
    expect(micro / 1e6).toBe(costOfWorkload(metered.workload).soFar);
  });

  it('adds up to the cost of the whole whatever its length, to the millionth', () => {
    for (let hours = 0.001; hours < 200; hours = hours * 1.7 + 0.013) {
      const end = plusHours('2026-02-27T23:59:30.000Z', hours);
      const metered = since('2026-02-27T23:59:30.000Z', end);
      const micro = Object.values(daysIn(metered, end)).map(({ dollars }) => Math.round(dollars * 1e6));
      expect(micro.reduce((sum, part) => sum + part, 0) / 1e6).toBe(costOfWorkload(metered.workload).soFar);
      expect(Math.min(...micro)).toBeGreaterThanOrEqual(0);
    }
  });

  it('is a minute at least, on the day on which it started', () => {
    const days = daysIn(since('2026-11-23T23:59:50.000Z', '2026-11-24T00:00:20.000Z'), '2026-11-24T00:01:00.000Z');
    expect(days['2026-11-23']).toMatchObject({ seconds: 60, started: 1 });
    expect(days['2026-11-24']).toMatchObject({ seconds: 0, started: 0, normalizedHours: 24 });
    expect(daysIn(since(at('06:00:00')), at('06:00:10'))['2026-11-23']).toMatchObject({ seconds: 60 });
  });

  it('does not touch the day that begins with its end', () => {
    const midnight = '2026-11-24T00:00:00.000Z';
    expect(Object.keys(daysIn(since(at('23:00:00'), midnight), midnight))).toEqual(['2026-11-23']);
  });

  it('takes back what was added to a day after the end that became known late', () => {
    const running = daysIn(since(at('23:00:00')), '2026-11-24T00:05:00.000Z');
    expect(running['2026-11-24']).toMatchObject({ seconds: 300 });
    const ended = daysIn(since(at('23:00:00'), at('23:50:00')), '2026-11-24T00:06:00.000Z');
    expect(ended['2026-11-23']).toMatchObject({ seconds: 3000, normalizedHours: 24 });
    expect(ended['2026-11-24']).toMatchObject({ seconds: 0, dollars: 0, normalizedHours: 0 });
  });

  it('has every day of a leap year’s February and of a change of the clocks as 24 hours', () => {
    const days = daysIn(since('2028-02-28T00:00:00.000Z', '2028-03-02T00:00:00.000Z'), '2028-03-02T00:00:00.000Z');
    expect(Object.keys(days)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    const summer = daysIn(since('2026-10-25T00:00:00.000Z', '2026-10-26T00:00:00.000Z'), '2026-10-26T00:00:00.000Z');
    expect(summer['2026-10-25']).toMatchObject({ seconds: 86_400 });
  });

  it('of a run is kept under the token that it was planned with', () => {
    const metered = meteredRun(runOf(finishedJob()));
    expect(metered).toMatchObject({ kind: 'run', id: '0123456789', nodes: 4, owner: 'alice' });
  });
});

const entry = (changes: Partial<UsageEntry> = {}): UsageEntry => ({
  started: 1,
  seconds: 600,
  nodeSeconds: 600,
  dollars: 0.1,
  normalizedHours: 0,
  version: 5,
  ...changes,
});
const usage = (changes: Partial<Usage> = {}): Usage => ({
  ...noUsage({ ownerId: 'sub-alice', kind: 'cluster', day: '2026-11-23', part: '1' }, 'alice'),
  ...changes,
});

describe('usage', () => {
  it('counts a workload once, however often it is added', () => {
    const once = withEntry(usage(), 'c1', entry());
    expect(withEntry(once, 'c1', entry())).toBe(once);
  });

  it('goes forward with a later moment and a newer state, and never back', () => {
    const known = withEntry(usage(), 'c1', entry());
    expect(withEntry(known, 'c1', entry({ seconds: 900 })).entries['c1']?.seconds).toBe(900);
    expect(withEntry(known, 'c1', entry({ seconds: 300 }))).toBe(known);
    expect(withEntry(known, 'c1', entry({ seconds: 300, version: 6 })).entries['c1']?.seconds).toBe(300);
    expect(withEntry(known, 'c1', entry({ seconds: 900, version: 4 }))).toBe(known);
  });

  it('notes nothing about a day after an end, but takes back what was added to it', () => {
    const nothing = entry({ started: 0, seconds: 0, dollars: 0, version: 6 });
    const before = usage();
    expect(withEntry(before, 'c1', nothing)).toBe(before);
    expect(withEntry(withEntry(before, 'c1', entry({ started: 0 })), 'c1', nothing).entries['c1']).toEqual(nothing);
  });

  it('of all the runs that EMR takes in a day, from one person whatever the quotas, stays below the 400 KB of DynamoDB', () => {
    const { shared, serverless } = LAUNCH_LANES;
    const inADay = [shared, serverless].reduce(
      (sum, { burst, everyMs }) => sum + burst + Math.ceil(86_400_000 / everyMs),
      0,
    );
    const quota = DEFAULT_QUOTAS.sparkJobs * (1440 / DEFAULT_QUOTAS.occurrenceMinutes);
    expect(inADay).toBeGreaterThan(quota);
    const most = entry({
      seconds: 86_400,
      nodeSeconds: 8_640_000,
      dollars: 12_345.123456,
      normalizedHours: 99_999,
      version: 99_999,
    });
    // A list takes 3 bytes, each element 1 more; a number 1 byte for two digits and 1 more.
    const bytesOf = (numbers: readonly number[]): number =>
      3 + numbers.reduce((sum, number) => sum + 2 + Math.ceil(String(number).length / 2), 0);
    const bytes = Object.entries(usageAsNumbers.encode(usage({ entries: { [newRunToken()]: most } })).entries).reduce(
      (sum, [id, of]) => sum + id.length + 1 + bytesOf(of),
      0,
    );
    const entriesOf = new Map<string, number>();
    // Those of the days before that still run are few beside them: one for each job.
    for (let run = 0; run < inADay + QUOTA_LIMITS.sparkJobs; run += 1) {
      const { part } = usageKeyFor({ ownerId: 'sub-alice', kind: 'run', id: newRunToken() }, '2026-11-23');
      entriesOf.set(part, (entriesOf.get(part) ?? 0) + 1);
    }
    // A kilobyte is for the keys and names of the item.
    expect(bytes * Math.max(...entriesOf.values())).toBeLessThan(399 * 1024);
  });

  it('is stored without loss', () => {
    const known = usage({ entries: { c1: entry(), c2: entry({ dollars: 2.123456, version: 99_999 }) } });
    expect(usageAsNumbers.decode(usageAsNumbers.encode(known))).toEqual(known);
  });
});

describe('a report', () => {
  const usages = [
    usage({ entries: { c1: entry({ dollars: 0.1 }), c2: entry({ dollars: 0.2, started: 0, normalizedHours: 8 }) } }),
    usage({ kind: 'run', entries: { r1: entry({ dollars: 0.7, seconds: 60, nodeSeconds: 240 }) } }),
    usage({ ownerId: 'sub-bob', owner: 'bob', day: '2026-11-24', entries: { c1: entry({ dollars: 5 }) } }),
  ];

  it('adds up counts, hours and dollars', () => {
    expect(sumOf(usages)).toEqual({
      clusters: 2,
      sessions: 0,
      runs: 1,
      hours: 0.5167,
      instanceHours: 0.5667,
      normalizedInstanceHours: 8,
      cost: 6,
    });
    expect(sumOf([])).toMatchObject({ clusters: 0, cost: 0 });
  });

  it('has no noise of binary fractions', () => {
    const many = usage({ entries: Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [n, entry()])) });
    expect(sumOf([many]).cost).toBe(100);
  });

  it('has a row for each key, by key or the dearest first', () => {
    const keys = (rows: readonly UsageRow[]) => rows.map(({ key, sum }) => [key, sum.cost]);
    expect(keys(rowsBy(addedUp(usages), ({ day }) => [day], byKey))).toEqual([
      ['2026-11-23', 1],
      ['2026-11-24', 5],
    ]);
    expect(keys(rowsBy(addedUp(usages), ({ owner }) => [owner], byCost))).toEqual([
      ['bob', 5],
      ['alice', 1],
    ]);
    expect(keys(rowsBy(addedUp(usages), ({ owner }) => (owner === 'alice' ? ['a', 'b'] : []), byCost))).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });
});

describe('the days of a month', () => {
  it.each([
    ['2026-11', '2026-11-30'],
    ['2026-12', '2026-12-31'],
    ['2027-02', '2027-02-28'],
    ['2028-02', '2028-02-29'],
  ])('%s ends with %s', (month, last) => {
    expect(daysOfMonth(month)).toEqual([`${month}-01`, last]);
  });

  it('are whole days of UTC', () => {
    expect(toInstant(Date.parse(`${daysOfMonth('2026-11')[0]}T00:00:00Z`))).toBe('2026-11-01T00:00:00.000Z');
  });
});

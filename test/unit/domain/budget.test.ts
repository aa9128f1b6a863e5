import { describe, expect, it } from 'vitest';

import { accountsOf, levelOf, limitOf, NO_BUDGETS, type Budgets } from '../../../shared/domain/budget.ts';
import { machinesOf } from '../../../shared/domain/machines.ts';
import { usualTime, expectedHours } from '../../../shared/domain/usual-cost.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { finishedJob, runOf } from '../../fakes/spark-job.ts';
import { jobOnServerless } from '../../fakes/serverless-run.ts';

const BUDGETS: Budgets = {
  everyone: 1000,
  eachPerson: 100,
  groups: { analysts: 300 },
  people: { 'sub-bob': 50, 'sub-carol': null },
  overrides: {
    'sub-bob': { month: '2026-11', limit: 80, reason: 'quarter end' },
    'sub-dan': { month: '2026-11', limit: null, reason: 'benchmark' },
  },
};

describe('the limit', () => {
  it.each([
    ['everyone', '2026-11', 1000],
    ['group#analysts', '2026-11', 300],
    ['group#others', '2026-11', null],
    ['group#constructor', '2026-11', null],
    ['person#sub-alice', '2026-11', 100],
    ['person#sub-bob', '2026-11', 80],
    ['person#sub-bob', '2026-12', 50],
    ['person#sub-carol', '2026-11', null],
    ['person#sub-dan', '2026-11', null],
    ['person#sub-dan', '2026-12', 100],
  ] as const)('of %s in %s is %s', (account, month, limit) => {
    expect(limitOf(BUDGETS, account, month)).toBe(limit);
  });

  it('is none until an admin has saved one', () => {
    for (const account of ['everyone', 'person#a', 'group#a'] as const)
      expect(limitOf(NO_BUDGETS, account, '2026-11')).toBeNull();
  });

  it('is reached at 80 % as a warning, and at 100 %', () => {
    expect([79.99, 80, 99.99, 100, 101].map((used) => levelOf(used, 100))).toEqual([
      'ok',
      'warning',
      'warning',
      'exceeded',
      'exceeded',
    ]);
    expect(levelOf(0, 0)).toBe('exceeded');
  });

  it('counts a person, each of their groups once, and everyone', () => {
    expect(accountsOf({ id: 'a', groups: ['z', 'b', 'z'] })).toEqual(['person#a', 'group#b', 'group#z', 'everyone']);
  });
});

describe('what a job usually takes', () => {
  const run = (minutes: number, changes: Partial<Run> = {}): Run => {
    const { workload, ...rest } = runOf(finishedJob());
    const startedAt = '2026-11-23T06:00:00.000Z';
    const finishedAt = new Date(Date.parse(startedAt) + minutes * 60_000).toISOString();
    return { ...rest, outcome: 'succeeded', workload: { ...workload, startedAt, finishedAt }, ...changes };
  };

  it('is unknown before the first run, when a run counts with its time-out', () => {
    expect(usualTime([], 'cluster')).toBeNull();
    expect(expectedHours(null, 24)).toBe(24);
  });

  it('is the median and the 95th percentile of the last ten runs', () => {
    const minutes = [5, 1, 9, 3, 7, 2, 8, 4, 6, 10, 600, 600];
    expect(
      usualTime(
        minutes.map((value) => run(value)),
        'cluster',
      ),
    ).toEqual({ median: 300, p95: 600, runs: 10 });
    expect(usualTime([run(7)], 'cluster')).toEqual({ median: 420, p95: 420, runs: 1 });
  });

  it('has a minute at least for each run, and never more than the time-out', () => {
    expect(usualTime([run(0.1)], 'cluster')).toMatchObject({ median: 60 });
    expect(expectedHours({ median: 60, p95: 90 * 3600, runs: 3 }, 24)).toBe(24);
    expect(expectedHours({ median: 60, p95: 1800, runs: 3 }, 24)).toBe(0.5);
  });

  it('ignores runs that never were, go on, or were ended by a person; a failed one counts', () => {
    const { workload } = run(5);
    const silent = [
      run(500, { outcome: 'missed' }),
      run(500, { outcome: 'cancelled' }),
      run(500, { outcome: null }),
      run(500, { workload: { ...workload, startedAt: null } }),
    ];
    expect(usualTime(silent, 'cluster')).toBeNull();
    const failures = [run(5, { outcome: 'failed' }), run(9, { outcome: 'timedOut' })];
    expect(usualTime([...silent, ...failures], 'cluster')).toMatchObject({
      median: 300,
      p95: 540,
      runs: 2,
    });
  });
});

describe('what a job usually takes on EMR Serverless', () => {
  /** Ten minutes for which AWS billed so many dollars; the whole rate is 60 cents an hour. */
  const run = (billed: number | null): Run => {
    const { workload, ...rest } = runOf(jobOnServerless({ status: 'SUCCESS', finishedAt: '2026-11-23T06:10:01.000Z' }));
    return { ...rest, outcome: 'succeeded', workload: { ...workload, billed } };
  };

  it('is what AWS billed, however long the run was, as soon as AWS says so', () => {
    expect(usualTime([run(null)], 'serverless')).toBeNull();
    expect(usualTime([run(null), run(0.04), run(0.02)], 'serverless')).toEqual({ median: 120, p95: 240, runs: 2 });
  });

  it('says nothing about the other engine', () => {
    expect(usualTime([run(0.04)], 'cluster')).toBeNull();
    expect(usualTime([runOf(finishedJob())], 'serverless')).toBeNull();
  });
});

describe('the machines of a cluster', () => {
  const settings = { masterInstanceType: 'm7g.xlarge', coreInstanceType: 'm7g.2xlarge' };

  it('are the master alone at size 1, and named once where all are of one type', () => {
    expect(machinesOf(settings, 1)).toEqual([{ count: 1, instanceType: 'm7g.xlarge' }]);
    expect(machinesOf(settings, 3)).toEqual([
      { count: 1, instanceType: 'm7g.xlarge' },
      { count: 3, instanceType: 'm7g.2xlarge' },
    ]);
    expect(machinesOf({ ...settings, coreInstanceType: 'm7g.xlarge' }, 2)).toEqual([
      { count: 3, instanceType: 'm7g.xlarge' },
    ]);
  });
});

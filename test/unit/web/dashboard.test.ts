import { describe, expect, it } from 'vitest';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { attentionOf, clusterInAttention, sessionInAttention } from '../../../web/features/dashboard/attention.ts';
import { comingRuns } from '../../../web/features/dashboard/coming-runs.ts';
import { byUrgency, urgencyCounts } from '../../../web/features/dashboard/job-order.ts';

const NOW = '2026-11-26T12:00:00.000Z';
const now = Date.parse(NOW);

const OPEN = {
  isActive: true,
  isFailed: false,
  termination: null,
  expiresAt: '2026-11-26T20:00:00.000Z',
  finishedAt: null,
  statusReason: null,
};

const cluster = (changes: object = {}) =>
  clusterInAttention({ id: 'c1', identifier: 'curie', ...OPEN, ...changes } as ClusterView);

const session = (changes: object = {}) =>
  sessionInAttention({ id: 's1', name: 'exploration', ...OPEN, ...changes } as SessionView);

const run = (outcome: 'succeeded' | 'failed' | 'timedOut' | 'missed' | 'cancelled' | null, changes: object = {}) => ({
  id: 'r7',
  number: 7,
  outcome,
  phase: outcome === null ? ('running' as const) : ('ended' as const),
  finishedAt: outcome === null ? null : '2026-11-26T06:00:00.000Z',
  reasonCode: null,
  ...changes,
});

const job = (identifier: string, changes: object = {}) => ({
  identifier,
  latestRun: run('succeeded') as ReturnType<typeof run> | null,
  latestMissed: null,
  isEnabled: true,
  expiredAt: null,
  isRunnable: true,
  nextRuns: ['2026-11-27T06:00:00.000Z'],
  ...changes,
});

const seen = (clusters: Parameters<typeof attentionOf>[0], jobs: Parameters<typeof attentionOf>[1]) =>
  attentionOf(clusters, jobs, now).map(({ name, state: [, text] }) => `${text}: ${name}`);

describe('what needs attention', () => {
  it('is nothing where all is well', () => {
    expect(seen([cluster()], [job('a'), job('b', { latestRun: null }), job('c', { latestRun: run(null) })])).toEqual(
      [],
    );
    expect(seen([], [job('cancelled', { latestRun: run('cancelled') })])).toEqual([]);
  });

  it('comes with what can still be saved first, then what is broken, then what did not happen', () => {
    const soon = cluster({ id: 'c2', identifier: 'soon', expiresAt: '2026-11-26T12:30:00.000Z' });
    const broken = cluster({
      identifier: 'broken',
      isActive: false,
      isFailed: true,
      finishedAt: '2026-11-26T07:00:00.000Z',
    });
    const jobs = [
      job('missed', { latestRun: run('missed') }),
      job('failed', { latestRun: run('failed') }),
      job('slow', { latestRun: run('timedOut', { finishedAt: '2026-11-26T08:00:00.000Z' }) }),
    ];
    expect(seen([broken, soon], jobs)).toEqual([
      'Expires soon: soon',
      'Timed out: slow',
      'Failed: broken',
      'Failed: failed',
      'Missed: missed',
    ]);
  });

  it('leads to the failed run, and to the cluster whose lifetime can be extended', () => {
    const soon = cluster({ expiresAt: '2026-11-26T12:30:00.000Z' });
    const [first, second] = attentionOf([soon], [job('a', { latestRun: run('failed') })], now);
    expect(first).toMatchObject({ to: '/clusters/c1', expiring: { kind: 'cluster', cluster: { id: 'c1' } } });
    expect(second?.to).toBe('/spark-jobs/a/runs/r7');
    expect(second?.expiring).toBeUndefined();
  });

  it('is a session that expires within the hour or failed today', () => {
    const soon = session({ expiresAt: '2026-11-26T12:30:00.000Z' });
    const failed = session({ name: 'full', isActive: false, isFailed: true, finishedAt: '2026-11-26T07:00:00.000Z' });
    expect(seen([session(), failed, soon], [])).toEqual(['Expires soon: exploration', 'Failed: full']);
    expect(attentionOf([soon], [], now)[0]).toMatchObject({ to: '/sessions/s1', expiring: { kind: 'session' } });
  });

  it('is not a cluster that is being terminated, nor one that failed yesterday', () => {
    const ending = cluster({
      expiresAt: '2026-11-26T12:30:00.000Z',
      termination: { by: 'alice', reason: 'x', at: NOW },
    });
    const old = cluster({ isActive: false, isFailed: true, finishedAt: '2026-11-25T11:59:00.000Z' });
    expect(seen([ending, old], [])).toEqual([]);
  });

  it('is a run that has not started a quarter of an hour after its time', () => {
    const due = (at: string, changes = {}) => seen([], [job('a', { nextRuns: [at], ...changes })]);
    expect(due('2026-11-26T11:45:00.000Z')).toEqual(['Late: a']);
    expect(due('2026-11-26T11:46:00.000Z')).toEqual([]);
    expect(due('2026-11-26T11:00:00.000Z', { isEnabled: false })).toEqual([]);
    expect(due('2026-11-26T11:00:00.000Z', { isRunnable: false })).toEqual([]);
  });

  it('is a scheduled time that was missed since the latest run, also while that goes on', () => {
    const latestMissed = { id: 'm8', number: 8, occurrence: '2026-11-26T07:00:00.000Z' };
    const missed = { to: '/spark-jobs/a/runs/m8', state: ['warning', 'Missed'], at: latestMissed.occurrence };
    for (const latestRun of [run('succeeded'), run('failed'), run(null), null])
      expect(attentionOf([], [job('a', { latestRun, latestMissed })], now)).toMatchObject([missed]);
  });

  it('is not a notebook that this machine could not execute', () => {
    expect(seen([], [job('a', { latestRun: run('failed', { reasonCode: 'NOT_EXECUTED' }) })])).toEqual([]);
  });
});

describe('the next 24 hours', () => {
  it('are the runs of all jobs in order, without those that are due already', () => {
    const jobs = [
      job('late', { nextRuns: ['2026-11-26T11:59:00.000Z', '2026-11-26T23:00:00.000Z'] }),
      job('soon', { nextRuns: ['2026-11-26T13:00:00.000Z', '2026-11-27T12:00:00.000Z'] }),
    ];
    expect(comingRuns(jobs, now).map(({ identifier, at }) => `${identifier} ${at.slice(11, 16)}`)).toEqual([
      'soon 13:00',
      'late 23:00',
    ]);
  });
});

describe('Spark jobs by urgency', () => {
  const jobs = [
    job('off', { isEnabled: false, nextRuns: [] }),
    job('later', { nextRuns: ['2026-11-28T06:00:00.000Z'] }),
    job('sooner'),
    job('runs', { latestRun: run(null) }),
    job('missed', { latestRun: run('missed') }),
    job('new', { latestRun: null }),
  ];

  it('are failing, running, scheduled by their next run, and at rest', () => {
    expect(byUrgency(jobs).map(({ identifier }) => identifier)).toEqual([
      'missed',
      'runs',
      'new',
      'sooner',
      'later',
      'off',
    ]);
  });

  it('fail where a scheduled time was missed, unless a run goes on', () => {
    const latestMissed = { id: 'm8', number: 8, occurrence: '2026-11-26T07:00:00.000Z' };
    expect(urgencyCounts([job('a', { latestMissed }), job('b', { latestMissed, latestRun: run(null) })])).toBe(
      '1 failing, 1 running',
    );
  });

  it('are counted, without what there is none of', () => {
    expect(urgencyCounts(jobs)).toBe('1 failing, 1 running, 3 scheduled, 1 at rest');
    expect(urgencyCounts([job('a')])).toBe('1 scheduled');
    const notExecuted = job('a', { latestRun: run('failed', { reasonCode: 'NOT_EXECUTED' }) });
    expect(urgencyCounts([notExecuted])).toBe('1 scheduled');
  });
});

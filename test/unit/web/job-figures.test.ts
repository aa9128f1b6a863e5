import { describe, expect, it } from 'vitest';

import type { OccurrenceView } from '../../../shared/contract/routes/runs.ts';
import type { ListedRunView } from '../../../shared/contract/run.ts';
import { NOT_EXECUTED } from '../../../shared/domain/run-reasons.ts';
import { barChart } from '../../../web/features/spark-jobs/occurrence-bars.ts';
import { runFigures } from '../../../web/features/spark-jobs/run-figures.ts';

const NOW = Date.parse('2026-11-23T12:00:00.000Z');
const at = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();

const run = (outcome: ListedRunView['outcome'], seconds: number, changes: Partial<ListedRunView> = {}) => ({
  outcome,
  reason: null,
  startedAt: at(-7200),
  finishedAt: at(-7200 + seconds),
  cost: { soFar: 0.5 } as ListedRunView['cost'],
  ...changes,
});

describe('the figures of a job', () => {
  it('count what succeeded among the runs that tell', () => {
    const runs = [
      run('succeeded', 60),
      run('failed', 5),
      run('timedOut', 7200),
      run('cancelled', 5),
      run('missed', 0, { startedAt: null, finishedAt: null }),
      run('failed', 1, { reason: { code: NOT_EXECUTED, message: '' } }),
      run(null, 0, { finishedAt: null }),
    ];
    expect(runFigures(runs, NOW)).toMatchObject({ succeeded: 1, told: 3, p50: 60, p95: 60 });
  });

  it('say how long successes take, half of them and 95 %', () => {
    const runs = Array.from({ length: 20 }, (_, n) => run('succeeded', (n + 1) * 10));
    expect(runFigures(runs, NOW)).toMatchObject({ p50: 100, p95: 190 });
    expect(runFigures([], NOW)).toMatchObject({ p50: null, p95: null, told: 0 });
  });

  it('add up what runs of this month cost', () => {
    const before = run('succeeded', 60, { startedAt: '2026-10-31T23:59:59.000Z' });
    expect(runFigures([run('succeeded', 60), run('failed', 60), before], NOW).month).toEqual({ cost: 1, runs: 2 });
  });
});

const occurrence = (changes: Partial<OccurrenceView>): OccurrenceView => ({
  occurrence: at(0),
  outcome: 'succeeded',
  reason: null,
  runId: 'r1',
  number: 1,
  startedAt: at(-100),
  durationSeconds: 100,
  ...changes,
});

describe('the strip of occurrences', () => {
  it('is oldest first, as high as each run was long', () => {
    const { bars, top } = barChart(
      [occurrence({ durationSeconds: 50 }), occurrence({ durationSeconds: 200, outcome: 'timedOut' })],
      NOW,
    );
    expect(top).toBe(200);
    expect(bars.map(({ look, height }) => [look, height])).toEqual([
      ['timedOut', 1],
      ['succeeded', 0.25],
    ]);
  });

  it('has holes that say why nothing ran', () => {
    const reason = { code: 'JOB_DISABLED', message: 'The job was disabled at this time.' };
    const missed = occurrence({ outcome: 'missed', reason, durationSeconds: null, startedAt: null });
    const waiting = occurrence({
      outcome: null,
      reason,
      runId: null,
      number: null,
      durationSeconds: null,
      startedAt: null,
    });
    expect(barChart([missed, waiting], NOW).bars.map(({ look, words }) => [look, words])).toEqual([
      ['hole', '2026-11-23 12:00 UTC: no run yet. The job was disabled at this time.'],
      ['hole', '2026-11-23 12:00 UTC: run 1, missed. The job was disabled at this time.'],
    ]);
  });

  it('grows with a run that goes on, and tells a failure that is none', () => {
    const running = occurrence({ outcome: null, durationSeconds: null });
    const unexecuted = occurrence({ outcome: 'failed', reason: { code: NOT_EXECUTED, message: 'No Spark.' } });
    const { bars } = barChart([running, unexecuted], NOW);
    expect(bars.map(({ look }) => look)).toEqual(['notExecuted', 'running']);
    expect(bars[1]).toMatchObject({ height: 1, words: '2026-11-23 12:00 UTC: run 1, running, 1 min so far' });
  });

  it('knows the usual length from three successes on', () => {
    const some = [90, 100, 300].map((durationSeconds) => occurrence({ durationSeconds }));
    expect(barChart(some, NOW).usual).toBe(100);
    expect(barChart(some.slice(1), NOW).usual).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';

import { withMissed } from '../../../shared/domain/occurrences.ts';
import { withEndedRun } from '../../../shared/domain/recent-runs.ts';
import { withRunWorkload } from '../../../shared/domain/run-outcome.ts';
import { MISSED_REASONS, NOT_EXECUTED } from '../../../shared/domain/run-reasons.ts';
import { endedUnlaunched } from '../../../shared/domain/workload.ts';
import { at } from '../../fakes/cluster.ts';
import { claimedJob, finishedJob, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';

const NOW = at('07:00:00');
const TOMORROW = '2026-11-24T06:00:00.000Z';

describe('the last runs of a job', () => {
  it('are its ten newest', () => {
    const run = runOf(finishedJob());
    const numbers = Array.from({ length: 12 }, (_, n) => n + 1);
    const job = numbers.reduce((before, number) => withEndedRun(before, { ...run, number }), sparkJob());
    expect(job.recentRuns?.map(({ number }) => number)).toEqual(numbers.slice(2).toReversed());
    expect(job.recentRuns?.[0]).toEqual({ id: run.id, number: 12, outcome: 'succeeded' });
  });

  it('tell of a reason only where the notebook was not executed', () => {
    const reason = { code: NOT_EXECUTED, message: 'Spark is not installed.' };
    const ended = (why: typeof reason) =>
      withEndedRun(sparkJob(), { ...runOf(finishedJob()), outcome: 'failed', reason: why }).recentRuns?.[0];
    expect(ended(reason)).toMatchObject({ outcome: 'failed', reasonCode: NOT_EXECUTED });
    expect(ended({ code: 'STEP_FAILURE', message: '' })).not.toHaveProperty('reasonCode');
  });

  it('gain one with the write that ends a run, once', () => {
    const job = claimedJob();
    const reason = MISSED_REASONS.notStarted;
    const ended = endedUnlaunched(runOf(job).workload, NOW, { ending: 'stopped', reason });
    const over = withRunWorkload(job, runOf(job), ended, { notebook: null, now: NOW });
    expect(over.recentRuns).toMatchObject([{ number: 1, outcome: 'missed' }]);
    const later = { ...ended, stateChangedAt: NOW };
    expect(withRunWorkload(over, runOf(over), later, { notebook: null, now: NOW }).recentRuns).toHaveLength(1);
  });

  it('gain none while a run goes on', () => {
    const job = runningJob();
    const workload = { ...runOf(job).workload, status: 'TERMINATING' } as const;
    expect(withRunWorkload(job, runOf(job), workload, { notebook: null, now: NOW }).recentRuns).toBeUndefined();
  });

  it('have those that were missed', () => {
    const missed = withMissed(finishedJob(), TOMORROW, 'previousRun', TOMORROW);
    expect(missed.recentRuns).toMatchObject([{ number: 2, outcome: 'missed' }]);
  });
});

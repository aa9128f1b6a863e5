import { describe, expect, it } from 'vitest';

import { runChanged, withRunWorkload, type NotebookOutcome } from '../../../shared/domain/run-outcome.ts';
import { reasonOf } from '../../../shared/domain/run.ts';
import type { TerminationRequest, Workload } from '../../../shared/domain/workload.ts';
import { at } from '../../fakes/cluster.ts';
import { claimedJob, finishedJob, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';

const NOW = at('06:40:00');
const COMPLETED = { code: 'ALL_STEPS_COMPLETED', message: 'Steps completed' };
const STEP = { code: 'STEP_FAILURE', message: 'Shut down as step failed' };
const SPOT = { code: 'INSTANCE_FAILURE', message: 'Instances were lost' };
const CELL = { cell: 3, source: '1/0', errorName: 'ZeroDivisionError', errorValue: 'division by zero', traceback: '…' };

const notebook = (status: NotebookOutcome['status'], reason: string | null = null): NotebookOutcome => ({
  status,
  reason,
  failure: null,
});
const asked = (reason: TerminationRequest['reason']): TerminationRequest => ({ by: 'alice', reason, at: NOW });
const running = runOf(runningJob());
const completed: Workload = { ...running.workload, status: 'TERMINATED', reason: COMPLETED, finishedAt: NOW };
const failed: Workload = { ...completed, status: 'TERMINATED_WITH_ERRORS', reason: STEP };

describe('what a run ended as', () => {
  const cell = 'Cell 3 failed.';

  it.each([
    ['EMR completed it and the notebook succeeded', completed, notebook('succeeded'), 'succeeded', COMPLETED],
    [
      'EMR completed it and the notebook left nothing',
      completed,
      null,
      'failed',
      {
        code: 'STEP_FAILURE',
        message: expect.stringMatching(/no outcome.*log of the step/),
      },
    ],
    [
      'EMR completed it and the notebook failed in silence',
      completed,
      notebook('failed'),
      'failed',
      { code: 'STEP_FAILURE', message: 'A cell of the notebook failed.' },
    ],
    [
      'EMR completed it and the notebook failed',
      completed,
      notebook('failed', cell),
      'failed',
      { ...STEP, message: cell },
    ],
    ['a step failed and the notebook says why', failed, notebook('failed', cell), 'failed', { ...STEP, message: cell }],
    ['a step failed and nobody says why', failed, notebook('failed'), 'failed', STEP],
    ['a step failed and the notebook left nothing', failed, null, 'failed', STEP],
    ['EMR failed, whatever the notebook says', { ...failed, reason: SPOT }, notebook('failed', cell), 'failed', SPOT],
    [
      'no notebook was executed',
      completed,
      notebook('notExecuted'),
      'failed',
      { code: 'NOT_EXECUTED', message: 'The notebook was not executed.' },
    ],
    [
      'no notebook was executed for a reason',
      failed,
      notebook('notExecuted', 'Install Spark.'),
      'failed',
      { code: 'NOT_EXECUTED', message: 'Install Spark.' },
    ],
    [
      'the notebook says that its time was over',
      failed,
      notebook('timedOut', 'Cell 3 was running.'),
      'timedOut',
      {
        code: 'TIMED_OUT',
        message: expect.stringMatching(/timeout of 2 h\..* Cell 3 was running\./),
      },
    ],
    [
      'the portal ended it at its timeout',
      { ...completed, termination: asked('timedOut') },
      null,
      'timedOut',
      {
        code: 'TIMED_OUT',
        message: expect.stringMatching(/timeout of 2 h\..* kept\.$/),
      },
    ],
    ['a person ended it', { ...failed, termination: asked('requested') }, notebook('failed', cell), 'cancelled', STEP],
  ] as const)('is told where %s', (_, workload, said, outcome, reason) => {
    const run = runChanged(running, workload, said);
    expect([run.outcome, reasonOf(run)]).toEqual([outcome, reason]);
  });

  it('keeps the failing cell, also where a person ended it', () => {
    const said = { ...notebook('failed'), failure: CELL };
    expect(runChanged(running, failed, said).failure).toEqual(CELL);
    expect(runChanged(running, { ...failed, termination: asked('requested') }, said).failure).toEqual(CELL);
  });

  it('is nothing yet while its workload goes on, and the same where that is', () => {
    expect(runChanged(running, { ...running.workload, absentSweeps: 1 }, null)).toEqual({
      ...running,
      workload: { ...running.workload, absentSweeps: 1 },
    });
    expect(runChanged(running, running.workload, notebook('failed'))).toBe(running);
  });

  it('does not change when more is learnt of the workload of a final run', () => {
    const final = runChanged(running, completed, notebook('succeeded'));
    const learnt = { ...completed, normalizedInstanceHours: 4 };
    expect(runChanged(final, learnt, null)).toEqual({ ...final, workload: learnt });
  });

  it('is that it was missed, at no cost, where EMR never had it', () => {
    const claimed = runOf(claimedJob());
    const givenUp: Workload = { ...claimed.workload, status: 'TERMINATED', finishedAt: NOW };
    const run = runChanged(claimed, givenUp, null);
    expect(claimed.workload.rate.hourly).toBeGreaterThan(0);
    expect(run).toMatchObject({ outcome: 'missed', workload: { rate: { hourly: 0 }, status: 'TERMINATED' } });
  });

  it('says that EMR never had it where its time was over before', () => {
    const claimed = runOf(claimedJob());
    const reason = { code: 'USER_REQUEST', message: 'Terminated before EMR launched it.' };
    const workload: Workload = { ...claimed.workload, status: 'TERMINATED', reason, termination: asked('timedOut') };
    const run = runChanged(claimed, workload, null);
    expect([run.outcome, reasonOf(run)]).toEqual(['timedOut', reason]);
  });
});

describe('the job after its run has changed', () => {
  const job = runningJob();
  const after = (workload: Workload, run = running, of = job) =>
    withRunWorkload(of, run, workload, { notebook: null, now: NOW });

  it('has the run and the mail in one write', () => {
    expect(after(failed)).toMatchObject({
      modifiedAt: NOW,
      latestRun: { outcome: 'failed', version: job.version + 1 },
      outbox: [{ kind: 'run-failed' }],
    });
  });

  it('has no mail while the run goes on, nor where more is learnt of a run that has failed', () => {
    expect(after({ ...running.workload, absentSweeps: 1 }).outbox).toEqual([]);
    const over = finishedJob({}, { outcome: 'failed', status: 'TERMINATED_WITH_ERRORS', reason: STEP });
    const learnt = { ...runOf(over).workload, normalizedInstanceHours: 4 };
    expect(after(learnt, runOf(over), over).outbox).toEqual([]);
  });

  it('has the mail of a timeout when that is recorded, and not again when the run ends', () => {
    const ending: Workload = { ...running.workload, termination: asked('timedOut') };
    const recorded = after(ending);
    expect(recorded.outbox).toMatchObject([{ kind: 'run-timed-out' }]);
    const sent = { ...recorded, outbox: [] };
    expect(after({ ...ending, status: 'TERMINATED' }, runOf(sent), sent)).toMatchObject({
      outbox: [],
      latestRun: { outcome: 'timedOut' },
    });
  });

  it('is the same where somebody else has recorded the change, or the run is no longer the latest', () => {
    const timedOut = runningJob({}, { termination: asked('timedOut') });
    expect(after(runOf(timedOut).workload, running, timedOut)).toBe(timedOut);
    expect(after(failed, { ...running, id: 'earlier' })).toBe(job);
    const never = sparkJob();
    expect(after(failed, running, never)).toBe(never);
  });
});

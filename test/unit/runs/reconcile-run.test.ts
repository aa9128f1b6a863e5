import { describe, expect, it } from 'vitest';

import { AwsFailed, AwsThrottled } from '../../../shared/domain/errors.ts';
import type { NotebookOutcome } from '../../../shared/domain/run-outcome.ts';
import { at } from '../../fakes/cluster.ts';
import { flatRun, jobWorld } from '../../fakes/job-world.ts';
import { claimedJob, finishedJob, runningJob, runOf, seen, sparkJob } from '../../fakes/spark-job.ts';

const DONE = seen('TERMINATED', { reason: { code: 'ALL_STEPS_COMPLETED', message: 'Steps completed' } });
const FAILED = seen('TERMINATED_WITH_ERRORS', {
  reason: { code: 'STEP_FAILURE', message: 'Shut down as step failed' },
});
const BY_REQUEST = seen('TERMINATED', { reason: { code: 'USER_REQUEST', message: 'Terminated by user request' } });

const CELL = { cell: 3, source: '1/0', errorName: 'ZeroDivisionError', errorValue: 'division by zero', traceback: '…' };
const outcome = (status: NotebookOutcome['status'], changes: Partial<NotebookOutcome> = {}): NotebookOutcome => ({
  status,
  failure: null,
  reason: null,
  ...changes,
});

const begin = async (job = runningJob(), notebook: NotebookOutcome | null = null) => {
  const world = jobWorld(job);
  if (notebook !== null) world.files.outcomes.set(runOf(job).id, notebook);
  return world;
};

describe('reconciling a run', () => {
  it('records that a run succeeded, in its history too, and ends the workflow’s wait', async () => {
    const job = runningJob({}, { taskToken: 'token' });
    const world = await begin(job, outcome('succeeded'));
    await world.reconcileRun(job, DONE);
    expect(await world.run()).toMatchObject({
      status: 'TERMINATED',
      outcome: 'succeeded',
      finishedAt: at('06:40:00'),
      reason: { code: 'ALL_STEPS_COMPLETED' },
    });
    expect(await world.runs()).toEqual([await world.run()]);
    expect(world.workflow.completed).toEqual([
      { taskToken: 'token', outcome: { runId: runOf(job).id, outcome: 'succeeded' } },
    ]);
    expect(world.mailed).toEqual([]);
  });

  it('says prominently that a notebook was not executed', async () => {
    const explained = await begin(
      runningJob(),
      outcome('notExecuted', { reason: 'Not executed: Spark is not installed.' }),
    );
    await explained.reconcileRun(runningJob(), DONE);
    expect(await explained.run()).toMatchObject({
      outcome: 'failed',
      reason: {
        code: 'NOT_EXECUTED',
        message: 'Not executed: Spark is not installed.',
      },
    });
    expect(explained.mailed).toEqual([]);
  });

  it('calls no run a success that wrote no outcome.json, and mails that', async () => {
    const silent = await begin();
    await silent.reconcileRun(runningJob(), DONE);
    expect(await silent.run()).toMatchObject({
      outcome: 'failed',
      reason: { code: 'STEP_FAILURE', message: expect.stringContaining('wrote no outcome.json') as string },
    });
    expect(silent.mailed).toMatchObject([{ kind: 'run-failed' }]);
  });

  it('mails nothing about a run that a person terminated, however its steps ended', async () => {
    const termination = { by: 'alice', reason: 'requested', at: at('06:39:00') } as const;
    for (const end of [DONE, FAILED]) {
      const job = runningJob({}, { termination });
      const world = await begin(job);
      await world.reconcileRun(job, end);
      expect(await world.run()).toMatchObject({ outcome: 'cancelled' });
      expect(world.mailed).toEqual([]);
    }
  });

  it('keeps the failing cell and mails it', async () => {
    const world = await begin(runningJob(), outcome('failed', { failure: CELL }));
    await world.reconcileRun(runningJob(), FAILED);
    expect(await world.run()).toMatchObject({ outcome: 'failed', failure: CELL, reason: { code: 'STEP_FAILURE' } });
    expect(world.mailed).toMatchObject([
      {
        kind: 'run-failed',
        to: 'alice@example.com',
        values: { failure: { cell: CELL.cell, errorName: CELL.errorName }, reason: { code: 'STEP_FAILURE' } },
      },
    ]);
    expect((await world.job()).outbox).toEqual([]);
  });

  it('believes the notebook where EMR calls its failure a success', async () => {
    const world = await begin(runningJob(), outcome('failed', { failure: CELL, reason: 'cell 3 failed' }));
    await world.reconcileRun(runningJob(), DONE);
    expect(await world.run()).toMatchObject({
      outcome: 'failed',
      reason: { code: 'STEP_FAILURE', message: 'cell 3 failed' },
    });
  });

  it("tells the runner's own sentence where no cell is to blame", async () => {
    const message = 'The notebook is written for R. Spark jobs run notebooks in Python (PySpark) only.';
    const world = await begin(runningJob(), outcome('failed', { reason: message }));
    await world.reconcileRun(runningJob(), FAILED);
    expect(await world.run()).toMatchObject({ failure: null, reason: { code: 'STEP_FAILURE', message } });
    expect(world.mailed).toMatchObject([{ kind: 'run-failed', values: { reason: { message } } }]);
  });

  it("keeps EMR's reason where more than the step failed", async () => {
    const world = await begin(runningJob(), outcome('failed', { reason: 'The notebook failed in cell 3' }));
    const lost = { code: 'INSTANCE_FAILURE', message: 'A machine was lost' };
    await world.reconcileRun(runningJob(), seen('TERMINATED_WITH_ERRORS', { reason: lost }));
    expect(await world.run()).toMatchObject({ reason: lost });
  });

  it('mails failures of EMR, with or without an outcome of the notebook, but nothing that somebody wanted', async () => {
    for (const code of [
      'INTERNAL_ERROR',
      'VALIDATION_ERROR',
      'INSTANCE_FAILURE',
      'BOOTSTRAP_FAILURE',
      'STEP_FAILURE',
    ]) {
      const world = await begin();
      await world.reconcileRun(runningJob(), seen('TERMINATED_WITH_ERRORS', { reason: { code, message: 'broken' } }));
      expect(world.mailed).toMatchObject([{ kind: 'run-failed', values: { reason: { code, message: 'broken' } } }]);
    }
    const wanted = await begin();
    await wanted.reconcileRun(runningJob(), BY_REQUEST);
    expect(await wanted.run()).toMatchObject({ outcome: 'cancelled' });
    expect(wanted.mailed).toEqual([]);
  });

  it('calls a time-out of the step what it is, and mails it', async () => {
    const why = 'The time limit was reached while cell 3 was running.';
    const world = await begin(runningJob(), outcome('timedOut', { reason: why }));
    await world.reconcileRun(runningJob(), FAILED);
    expect(await world.run()).toMatchObject({
      outcome: 'timedOut',
      reason: { code: 'TIMED_OUT', message: expect.stringContaining(why) as string },
    });
    expect(world.mailed).toMatchObject([{ kind: 'run-timed-out', values: { timeoutHours: 2 } }]);
  });

  it('mails no time-out again that was mailed when the portal ended the run', async () => {
    const job = runningJob({}, { termination: { by: 'ATMO', reason: 'timedOut', at: at('06:39:00') } });
    const world = await begin(job, outcome('timedOut'));
    await world.reconcileRun(job, BY_REQUEST);
    expect(await world.run()).toMatchObject({ outcome: 'timedOut', reason: { code: 'TIMED_OUT' } });
    expect(world.mailed).toEqual([]);
  });

  it('is not impressed by what comes late, twice or out of order', async () => {
    const world = await begin(runningJob(), outcome('failed', { failure: CELL }));
    await world.reconcileRun(runningJob(), FAILED);
    const ended = await world.job();
    for (const late of [seen('RUNNING'), DONE, FAILED]) {
      await world.reconcileRun(await world.job(), late);
      await world.reconcileRun(runningJob(), late);
    }
    expect(await world.run()).toEqual(flatRun(runOf(ended)));
    expect(world.mailed).toHaveLength(1);
  });

  it('reconciles a run on its way and keeps the history up to date', async () => {
    const job = claimedJob({}, { emrId: 'j-1', status: 'STARTING' });
    const world = await begin(job);
    await world.reconcileRun(job, seen('BOOTSTRAPPING'));
    await world.reconcileRun(await world.job(), seen('RUNNING', { readyAt: at('06:06:00') }));
    expect(await world.runs()).toMatchObject([{ status: 'RUNNING', readyAt: at('06:06:00'), outcome: null }]);
  });

  it('adopts a launch of unknown outcome', async () => {
    const world = await begin(claimedJob());
    await world.reconcileRun(claimedJob(), seen('STARTING', { createdAt: at('06:00:30') }));
    expect(await world.run()).toMatchObject({ status: 'STARTING', emrId: 'j-1', startedAt: at('06:00:30') });
    expect(world.emr.calls.terminate).toEqual([]);
  });

  it('passes on a termination that EMR was never told, whichever way it was missed', async () => {
    const termination = { by: 'alice', reason: 'requested', at: at('06:39:00') } as const;
    for (const job of [claimedJob({}, { termination }), runningJob({}, { termination })]) {
      const world = await begin(job);
      await world.reconcileRun(job, seen('RUNNING'));
      expect(world.emr.calls.terminate).toEqual([['j-1']]);
      expect(await world.run()).toMatchObject({ status: 'TERMINATING', outcome: null });
      await world.reconcileRun(await world.job(), seen('TERMINATING'));
      expect(world.emr.calls.terminate).toHaveLength(1);
    }
  });

  it('asks again for the end of a cluster that runs on although EMR took the first request', async () => {
    const termination = { by: 'alice', reason: 'requested', at: at('06:39:00') } as const;
    const world = await begin(runningJob({}, { termination, status: 'TERMINATING' }));
    await world.reconcileRun(await world.job(), seen('RUNNING'));
    expect(world.emr.calls.terminate).toEqual([['j-1']]);
  });

  it('takes no news of another cluster, launched under an earlier token', async () => {
    const world = await begin(runningJob());
    for (const state of ['RUNNING', 'TERMINATED_WITH_ERRORS'] as const) {
      await world.reconcileRun(await world.job(), { ...seen(state), emrId: 'j-old' });
      expect(await world.run()).toMatchObject({ status: 'RUNNING', emrId: 'j-1', outcome: null });
    }
  });

  it('mails the gist of an error, which its page has whole, so that the job’s item can hold it', async () => {
    const cell = { ...CELL, errorValue: 'x'.repeat(16_000), traceback: 'y'.repeat(16_000) };
    const world = await begin(runningJob(), outcome('failed', { failure: cell }));
    await world.reconcileRun(runningJob(), FAILED);
    expect(JSON.stringify(world.mailed).length).toBeLessThan(1500);
    expect(await world.run()).toMatchObject({ failure: cell });
  });

  it('ends a cluster that turns up after its run was given up', async () => {
    const job = claimedJob({}, { status: 'TERMINATED', outcome: 'missed' });
    const given = claimedJob({}, { status: 'TERMINATED', outcome: 'cancelled' });
    const world = await begin(given);
    await world.reconcileRun(given, seen('STARTING'));
    expect(world.emr.calls.terminate).toEqual([['j-1']]);
    expect(await world.run()).toMatchObject({ outcome: 'cancelled' });
    const missed = await begin(job);
    await missed.reconcileRun(job, seen('STARTING'));
    expect(await missed.run()).toEqual(flatRun(runOf(job)));
  });

  it('writes nothing where the outcome cannot be read, so that the next sweep repeats it', async () => {
    const world = await begin();
    world.files.errors.push(new AwsFailed('S3 failed'));
    await expect(world.reconcileRun(runningJob(), DONE)).rejects.toMatchObject({ name: 'AwsFailed' });
    expect(await world.job()).toEqual(runningJob());
  });

  it('does its work although the wait cannot be completed', async () => {
    const job = runningJob({}, { taskToken: 'token' });
    const world = await begin(job);
    world.workflow.errors.push(new AwsThrottled('slow down'));
    await world.reconcileRun(job, FAILED);
    expect(world.mailed).toHaveLength(1);
  });

  it('leaves jobs alone that have no run, were deleted or run something else by now', async () => {
    const none = await begin(runningJob());
    expect(await none.reconcileRun(sparkJob(), DONE)).toEqual(sparkJob());
    await none.jobs.delete(runningJob());
    expect(await none.reconcileRun(runningJob(), DONE)).toEqual(runningJob());
    const other = await begin(runningJob({}, { id: 'newer' }));
    await other.reconcileRun(runningJob(), DONE);
    expect(await other.run()).toMatchObject({ id: 'newer', outcome: null });
  });
});

describe('syncing the latest run', () => {
  it('asks EMR only where a run goes on that EMR knows', async () => {
    for (const job of [sparkJob(), claimedJob(), finishedJob()]) {
      const world = jobWorld(job);
      expect(await world.syncLatestRun(job)).toEqual(job);
      expect(world.emr.calls.describe).toEqual([]);
    }
  });

  it('applies what EMR says, and nothing where EMR does not know the cluster', async () => {
    const world = jobWorld(runningJob());
    expect(await world.syncLatestRun(runningJob())).toEqual(runningJob());
    world.emr.put('j-1', { state: 'TERMINATED', reason: BY_REQUEST.reason });
    expect(runOf(await world.syncLatestRun(runningJob()))).toMatchObject({ outcome: 'cancelled' });
  });
});

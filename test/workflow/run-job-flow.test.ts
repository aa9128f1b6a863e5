import { describe, expect, it } from 'vitest';
import { MAX_WAITS, type ProvisionedRun } from '../../shared/contract/run-job.ts';
import { failure, LAUNCHED, READY_JOB, REQUEST, runWorkflow } from './run-workflow.ts';

const BUSY = { ...READY_JOB, hasRun: true, runId: 'run-0', isRunnable: false };
const OVERDUE = { ...BUSY, hasTimedOut: true };
const ROUND = ['getJob', 'whatNext'];
const DECIDED = ['begin', ...ROUND];
const WAIT = ['mayWaitLonger', 'waitForPreviousRun', 'countWait'];
const RUN = ['provisionRun', 'isLaunched', 'awaitOutcome'];

const refused: ProvisionedRun = { ...LAUNCHED, result: 'refused' };
const alreadyStarted: ProvisionedRun = { ...LAUNCHED, result: 'alreadyStarted' };

describe('the run-job flow', () => {
  it('runs a job that is due and records the outcome', async () => {
    const { path, calls, error } = await runWorkflow();
    expect(path).toEqual([...DECIDED, ...RUN, 'recordOutcome']);
    // Each is paid for.
    expect(path).toHaveLength(7);
    expect(error).toBeNull();
    expect(calls).toEqual([
      { state: 'getJob', input: { task: 'getJob', request: REQUEST, executionId: 'execution-1' } },
      { state: 'provisionRun', input: { task: 'provisionRun', request: REQUEST, executionId: 'execution-1' } },
      {
        state: 'awaitOutcome',
        input: {
          FunctionName: 'arn:aws:lambda:us-west-2:123456789012:function:f',
          Payload: {
            task: 'awaitOutcome',
            request: REQUEST,
            executionId: 'execution-1',
            runId: 'run-1',
            timeoutSeconds: 86_400,
            taskToken: 'token-1',
          },
        },
      },
      {
        state: 'recordOutcome',
        input: { task: 'recordOutcome', request: REQUEST, executionId: 'execution-1', runId: 'run-1' },
      },
    ]);
  });

  it('waits for its turn to be launched, and then provisions again', async () => {
    const waiting: ProvisionedRun = { ...LAUNCHED, result: 'waiting', waitSeconds: 40 };
    const { path } = await runWorkflow({ provisionRun: [waiting, waiting, LAUNCHED] });
    const turn = ['provisionRun', 'isLaunched', 'waitForTurn'];
    expect(path).toEqual([...DECIDED, ...turn, ...turn, ...RUN, 'recordOutcome']);
  });

  it('stops where the job is gone', async () => {
    const { path, error } = await runWorkflow({ getJob: [failure('NotFound')] });
    expect(path).toEqual(['begin', 'getJob', 'jobNotFound']);
    expect(error).toBeNull();
  });

  it('stops at a disabled job, with a record', async () => {
    const { path, calls } = await runWorkflow({ getJob: [{ ...READY_JOB, isEnabled: false }] });
    expect(path).toEqual([...DECIDED, 'recordDisabled']);
    expect(calls.at(-1)?.input).toEqual({ task: 'recordDisabled', request: REQUEST, executionId: 'execution-1' });
  });

  it('looks at enabled before runnable, so that a disabled job waits for nothing', async () => {
    const { path } = await runWorkflow({ getJob: [{ ...BUSY, isEnabled: false }] });
    expect(path.at(-1)).toBe('recordDisabled');
    expect(path).not.toContain('mayWaitLonger');
  });

  it('waits for the previous run and goes on from the top', async () => {
    const { path, calls } = await runWorkflow({ getJob: [BUSY, BUSY, { ...BUSY, isRunnable: true }] });
    const waited = [...ROUND, ...WAIT];
    expect(path).toEqual(['begin', ...waited, ...waited, ...ROUND, ...RUN, 'recordOutcome']);
    expect(calls.find(({ state }) => state === 'provisionRun')?.input).toEqual({
      task: 'provisionRun',
      request: REQUEST,
      executionId: 'execution-1',
    });
  });

  it('gives up on a previous run that never ends, and records the occurrence as missed', async () => {
    const { path, calls, error } = await runWorkflow({ getJob: [BUSY] });
    expect(path.filter((state) => state === 'waitForPreviousRun')).toHaveLength(MAX_WAITS);
    expect(path.at(-1)).toBe('recordMissed');
    expect(calls.at(-1)?.input).toEqual({ task: 'recordMissed', request: REQUEST, executionId: 'execution-1' });
    expect(error).toBeNull();
  });

  it('ends a previous run whose time is over, tells the owner, and runs when it is gone', async () => {
    const { path, calls } = await runWorkflow({ getJob: [OVERDUE, { ...BUSY, isRunnable: true }] });
    const ended = [...ROUND, 'notifyPreviousTimedOut', 'terminatePreviousRun', ...WAIT];
    expect(path).toEqual(['begin', ...ended, ...ROUND, ...RUN, 'recordOutcome']);
    expect(calls.filter(({ state }) => state.endsWith('PreviousTimedOut') || state === 'terminatePreviousRun')).toEqual(
      [
        {
          state: 'notifyPreviousTimedOut',
          input: { task: 'notifyTimedOut', request: REQUEST, executionId: 'execution-1', runId: 'run-0' },
        },
        {
          state: 'terminatePreviousRun',
          input: { task: 'terminateRun', request: REQUEST, executionId: 'execution-1', runId: 'run-0' },
        },
      ],
    );
  });

  it('removes the schedule of a job past its end and marks it expired', async () => {
    const { path } = await runWorkflow({ getJob: [{ ...READY_JOB, due: 'pastEnd' }] });
    expect(path).toEqual([...DECIDED, 'removeSchedule', 'markExpired']);
  });

  it('does nothing before the start', async () => {
    const { path, calls } = await runWorkflow({ getJob: [{ ...READY_JOB, due: 'notYetDue' }] });
    expect(path).toEqual([...DECIDED, 'notYetDue']);
    expect(calls).toHaveLength(1);
  });

  it('records a launch that EMR refused without awaiting anything', async () => {
    const { path, calls } = await runWorkflow({ provisionRun: [refused] });
    expect(path).toEqual([...DECIDED, 'provisionRun', 'isLaunched', 'recordOutcome']);
    expect(calls.at(-1)?.input).toEqual({
      task: 'recordOutcome',
      request: REQUEST,
      executionId: 'execution-1',
      runId: 'run-1',
    });
  });

  it('leaves a run to the execution that started it', async () => {
    const { path } = await runWorkflow({ provisionRun: [alreadyStarted] });
    expect(path).toEqual([...DECIDED, 'provisionRun', 'isLaunched', 'alreadyStarted']);
  });

  it('tells the owner and ends the run when its time is over', async () => {
    const forEver = () => new Promise<never>(() => undefined);
    const { path, calls, error } = await runWorkflow({
      provisionRun: [{ ...LAUNCHED, timeoutSeconds: 1 }],
      awaitOutcome: [forEver],
    });
    expect(path).toEqual([...DECIDED, ...RUN, 'notifyTimedOut', 'terminateRun']);
    expect(calls.slice(-2)).toEqual([
      {
        state: 'notifyTimedOut',
        input: { task: 'notifyTimedOut', request: REQUEST, executionId: 'execution-1', runId: 'run-1' },
      },
      {
        state: 'terminateRun',
        input: { task: 'terminateRun', request: REQUEST, executionId: 'execution-1', runId: 'run-1' },
      },
    ]);
    expect(error).toBeNull();
  });
});

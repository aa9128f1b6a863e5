import { describe, expect, it } from 'vitest';
import { RUN_JOB_ERRORS } from '../../shared/contract/run-job.ts';
import { failure, LAUNCHED, READY_JOB, runWorkflow, type Call } from './run-workflow.ts';

const BUSY = { ...READY_JOB, hasRun: true, runId: 'run-0', isRunnable: false };
const OVERDUE = { ...BUSY, hasTimedOut: true };
const times = (count: number, answer: unknown): unknown[] => Array.from({ length: count }, () => answer);
const countOf = (calls: readonly Call[], state: Call['state']): number =>
  calls.filter((call) => call.state === state).length;

const throttled = failure(RUN_JOB_ERRORS.throttled);
const broken = failure('TypeError');

describe('a failing task', () => {
  it.each([RUN_JOB_ERRORS.throttled, RUN_JOB_ERRORS.awsFailed, 'Lambda.ServiceException'])(
    'is tried again after %s',
    async (name) => {
      const { path, calls } = await runWorkflow({ provisionRun: [...times(16, failure(name)), LAUNCHED] });
      expect(countOf(calls, 'provisionRun')).toBe(17);
      expect(path.at(-1)).toBe('recordOutcome');
    },
  );

  it('waits for its turn where another occurrence took it first, which may last as long as a run', async () => {
    const stale = failure(RUN_JOB_ERRORS.staleWrite);
    const { path, calls } = await runWorkflow({ provisionRun: [...times(20, stale), LAUNCHED] });
    expect(countOf(calls, 'provisionRun')).toBe(21);
    expect(path.filter((state) => state === 'waitForPreviousRun')).toHaveLength(20);
    expect(path.at(-1)).toBe('recordOutcome');
  });

  it.each([
    ['getJob', {}],
    ['recordDisabled', { getJob: [{ ...READY_JOB, isEnabled: false }] }],
    ['markExpired', { getJob: [{ ...READY_JOB, due: 'pastEnd' }] }],
    ['provisionRun', {}],
    ['awaitOutcome', {}],
    ['recordOutcome', {}],
  ] as const)('%s: ends quietly where the job was deleted meanwhile', async (state, answers) => {
    const { path, error } = await runWorkflow({ ...answers, [state]: [failure(RUN_JOB_ERRORS.notFound)] });
    expect(path.slice(-2)).toEqual([state, 'jobNotFound']);
    expect(error).toBeNull();
  });

  it('is given up after 16 more attempts, and the occurrence recorded as missed', async () => {
    const { path, calls, error } = await runWorkflow({ provisionRun: [throttled] });
    expect(countOf(calls, 'provisionRun')).toBe(17);
    expect(path.at(-1)).toBe('recordMissed');
    expect(error).toBeNull();
  });

  it.each(['getJob', 'provisionRun'] as const)('%s: a mistake of ours is not tried again', async (state) => {
    const { path, calls } = await runWorkflow({ [state]: [broken] });
    expect(countOf(calls, state)).toBe(1);
    expect(path.at(-1)).toBe('recordMissed');
  });

  it('to get the job is waited out, however long the trouble at AWS', async () => {
    const { path } = await runWorkflow({ getJob: [...times(11, throttled), READY_JOB] });
    expect(path).toContain('waitForPreviousRun');
    expect(path.at(-1)).toBe('recordOutcome');
  });

  it('cannot keep a timed-out previous run alive: it is ended though the mail failed', async () => {
    const { path } = await runWorkflow({
      getJob: [OVERDUE, { ...BUSY, isRunnable: true }],
      notifyPreviousTimedOut: [broken],
    });
    expect(path).toContain('terminatePreviousRun');
    expect(path.at(-1)).toBe('recordOutcome');
  });

  it('to end the previous run is waited out too', async () => {
    const { path } = await runWorkflow({
      getJob: [OVERDUE, { ...BUSY, isRunnable: true }],
      terminatePreviousRun: [broken],
    });
    expect(path.at(-1)).toBe('recordOutcome');
  });

  it('cannot keep a timed-out run alive', async () => {
    const { path } = await runWorkflow({ awaitOutcome: [failure('States.Timeout')], notifyTimedOut: [broken] });
    expect(path.slice(-2)).toEqual(['notifyTimedOut', 'terminateRun']);
  });

  it('fails the execution, for the alarm to see, where the miss cannot even be recorded', async () => {
    const { error } = await runWorkflow({ provisionRun: [broken], recordMissed: [broken] });
    expect(error).not.toBeNull();
  });

  it('fails the execution where the wait for an outcome broke: the sweeps follow the run', async () => {
    const { path, error } = await runWorkflow({ awaitOutcome: [broken] });
    expect(path.at(-1)).toBe('awaitOutcome');
    expect(error).not.toBeNull();
  });
});

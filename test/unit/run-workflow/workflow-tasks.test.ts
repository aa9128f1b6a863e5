import { describe, expect, it } from 'vitest';

import { markExpired } from '../../../functions/jobs/mark-expired.ts';
import { awaitOutcome } from '../../../functions/run-workflow/await-outcome.ts';
import { getJob } from '../../../functions/run-workflow/get-job.ts';
import { jobTasks } from '../../../functions/run-workflow/job-tasks.ts';
import { recordOutcome } from '../../../functions/run-workflow/record-outcome.ts';
import { recordMissedOccurrence } from '../../../functions/run-workflow/record-missed-occurrence.ts';
import { runJobHandler, type RunJobUseCases } from '../../../functions/run-workflow/run-workflow-handler.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { claimedForRun } from '../../../shared/domain/spark-job.ts';
import { at } from '../../fakes/cluster.ts';
import { flatRun, jobWorld } from '../../fakes/job-world.ts';
import { expiredMail } from '../../fakes/mail.ts';
import { claimedJob, finishedJob, runJobRequest, runningJob, runOf, sparkJob, TERMS } from '../../fakes/spark-job.ts';

const NEXT = runJobRequest({ occurrence: at('06:30:00') });
const MANUAL = runJobRequest({ trigger: 'manual', occurrence: at('06:39:00') });

/** The tasks that answer nothing. */
const tasksOf = (world: ReturnType<typeof jobWorld>) =>
  jobTasks({ ...world, schedules: world.schedules.schedules, markExpired: markExpired(world) });

/** A manual run that was claimed, and whose workflow comes to it now. */
const manuallyClaimed = (changes = {}) => ({
  ...claimedForRun(finishedJob(), { ...MANUAL, runToken: 'manual', claimedBy: null }, TERMS, at('06:39:00')),
  ...changes,
});

describe('getting the job', () => {
  const state = (job: ReturnType<typeof sparkJob>, request = NEXT) => getJob(jobWorld(job))({ request });

  it('says what the decisions look at', async () => {
    expect(await state(sparkJob())).toEqual({
      hasRun: false,
      runId: '',
      isEnabled: true,
      isRunnable: true,
      hasTimedOut: false,
      due: 'due',
    });
    expect(await state(runningJob())).toMatchObject({ hasRun: true, runId: runOf(runningJob()).id, isRunnable: false });
    expect(await state(finishedJob({ isEnabled: false }))).toMatchObject({ isRunnable: true, isEnabled: false });
    expect(await state(sparkJob({ startDate: at('07:00:00') }))).toMatchObject({ due: 'notYetDue' });
    expect(await state(sparkJob({ endDate: at('06:39:00') }))).toMatchObject({ due: 'pastEnd' });
  });

  it('takes an occurrence at the very end for due, although it is delivered after it', async () => {
    const last = { endDate: NEXT.occurrence };
    const stateAt = (time: string) => {
      const world = jobWorld(sparkJob(last));
      world.clock.set(at(time));
      return getJob(world)({ request: NEXT });
    };
    expect(await stateAt('06:30:09')).toMatchObject({ due: 'due' });
    // Much later it is a delivery that waited, and the job is over.
    expect(await stateAt('06:36:00')).toMatchObject({ due: 'pastEnd' });
  });

  it('sees that the time of the run before is over', async () => {
    const world = jobWorld(runningJob());
    expect(await getJob(world)({ request: NEXT })).toMatchObject({ hasTimedOut: false });
    world.clock.set(at('08:00:00'));
    expect(await getJob(world)({ request: NEXT })).toMatchObject({ hasTimedOut: true });
  });

  it('does not let an occurrence wait for itself', async () => {
    expect(await state(runningJob(), runJobRequest())).toMatchObject({ isRunnable: true, hasTimedOut: false });
    expect(await state(manuallyClaimed(), MANUAL)).toMatchObject({ isRunnable: true, due: 'due' });
  });

  it('does not let an occurrence wait whose place a later one took', async () => {
    const later = { lastOccurrence: NEXT.occurrence, endDate: at('06:35:00') };
    const overtaken = runJobRequest({ occurrence: at('06:10:00') });
    expect(await state(runningJob(later, { occurrence: NEXT.occurrence }), overtaken)).toMatchObject({
      isRunnable: true,
      due: 'due',
    });
  });

  it('lets a manual run come before the start, but not after the end', async () => {
    expect(await state(manuallyClaimed({ startDate: at('12:00:00') }), MANUAL)).toMatchObject({ due: 'due' });
    expect(await state(manuallyClaimed({ endDate: at('06:39:30') }), MANUAL)).toMatchObject({ due: 'pastEnd' });
  });

  it('writes a schedule that is still to be written', async () => {
    const world = jobWorld(manuallyClaimed());
    await getJob(world)({ request: MANUAL });
    expect(world.schedules.put.get('job-1')).toBe('2026-11-24T06:39:00.000Z');
    expect((await world.job()).schedulePendingSince).toBeNull();
  });

  it('asks EMR about the run before, and believes that, not what was stored; throttling is repeated', async () => {
    const world = jobWorld(runningJob());
    world.emr.put('j-1', { state: 'TERMINATED', reason: { code: 'USER_REQUEST', message: 'by request' } });
    world.emr.failures.describe.push(new AwsThrottled('slow down'));
    await expect(getJob(world)({ request: NEXT })).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(await getJob(world)({ request: NEXT })).toMatchObject({ isRunnable: true });
    expect(await world.runs()).toMatchObject([{ emrId: 'j-1', outcome: 'cancelled' }]);
  });

  it('writes a schedule also where EMR cannot be asked', async () => {
    const world = jobWorld(runningJob({ schedulePendingSince: at('06:39:00') }));
    world.emr.failures.describe.push(new AwsThrottled('slow down'));
    await expect(getJob(world)({ request: NEXT })).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect((await world.job()).schedulePendingSince).toBeNull();
  });

  it('knows no deleted job, nor a later one of the same name', async () => {
    const later = jobWorld(sparkJob({ id: 'job-2' }));
    await expect(getJob(later)({ request: NEXT })).rejects.toMatchObject({ name: 'NotFound' });
    await expect(getJob(jobWorld())({ request: NEXT })).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('recording that the job is disabled', () => {
  it('accounts for the occurrence once, without a mail, beside the latest run', async () => {
    const world = jobWorld(finishedJob({ isEnabled: false }));
    const record = tasksOf(world).recordDisabled;
    await record({ request: NEXT });
    await record({ request: NEXT });
    expect(await world.runs()).toMatchObject([
      { number: 2, emrId: null, outcome: 'missed', occurrence: NEXT.occurrence, reason: { code: 'JOB_DISABLED' } },
    ]);
    expect(await world.job()).toMatchObject({ runCount: 2, lastOccurrence: NEXT.occurrence });
    expect(await world.run()).toEqual(flatRun(runOf(finishedJob())));
    expect(world.mailed).toEqual([]);
  });

  it('settles a manual run that was claimed just before', async () => {
    const world = jobWorld(manuallyClaimed({ isEnabled: false }));
    await tasksOf(world).recordDisabled({ request: MANUAL });
    expect(await world.run()).toMatchObject({ outcome: 'missed', reason: { code: 'JOB_DISABLED' } });
    expect(await world.runs()).toHaveLength(1);
    expect(world.mailed).toEqual([]);
  });
});

describe('recording a missed run', () => {
  const record = async (world: ReturnType<typeof jobWorld>, request = NEXT) =>
    tasksOf(world).recordMissed({ request, executionId: 'e1' });

  it('names the run before as the reason while it goes on, and mails once', async () => {
    const world = jobWorld(runningJob());
    await record(world);
    await record(world);
    expect(await world.runs()).toMatchObject([
      { occurrence: NEXT.occurrence, reason: { code: 'PREVIOUS_RUN_STILL_GOING' } },
    ]);
    expect(world.mailed).toMatchObject([
      { kind: 'run-missed', values: { occurrence: NEXT.occurrence, reason: { code: 'PREVIOUS_RUN_STILL_GOING' } } },
    ]);
    expect(await world.run()).toEqual(flatRun(runOf(runningJob())));
  });

  it('names AWS where nothing else was in the way', async () => {
    const world = jobWorld(finishedJob());
    await record(world);
    expect(await world.runs()).toMatchObject([{ reason: { code: 'NOT_STARTED' } }]);
  });

  it('repairs a record that a crash kept from the history', async () => {
    const missed = [
      { occurrence: NEXT.occurrence, reason: 'notStarted', number: 2, recordedAt: at('06:39:00') },
    ] as const;
    const world = jobWorld(finishedJob({ lastOccurrence: NEXT.occurrence, runCount: 2, missed }));
    await record(world);
    expect(await world.runs()).toMatchObject([{ number: 2, outcome: 'missed', occurrence: NEXT.occurrence }]);
    expect(await world.job()).toMatchObject({ runCount: 2, outbox: [], missed });
  });

  it('waits until fewer mails of the job wait, since its own would push out another', async () => {
    const outbox = Array.from({ length: 50 }, (_, n) => expiredMail(`m${n}`, NEXT.occurrence));
    const world = jobWorld(finishedJob({ outbox }));
    const miss = recordMissedOccurrence({ ...world, deliverMails: async () => {} });
    const recorded = async () => miss(await world.job(), NEXT, 'undelivered');
    await expect(recorded()).rejects.toThrow(AwsThrottled);
    expect(await world.runs()).toEqual([]);
    expect(await world.job()).toMatchObject({ outbox, runCount: 1, missed: [] });
    await world.jobs.change((await world.job()).identifier, (job) => ({ ...job, outbox: outbox.slice(1) }));
    await recorded();
    expect(await world.runs()).toMatchObject([{ outcome: 'missed', occurrence: NEXT.occurrence }]);
    expect((await world.job()).outbox).toMatchObject([...outbox.slice(1), { kind: 'run-missed' }]);
  });

  it('needs no room for the mail of a disabled job, which gets none', async () => {
    const outbox = Array.from({ length: 50 }, (_, n) => expiredMail(`m${n}`, NEXT.occurrence));
    const world = jobWorld(finishedJob({ outbox }));
    await recordMissedOccurrence({ ...world, deliverMails: async () => {} })(await world.job(), NEXT, 'disabled');
    expect(await world.runs()).toMatchObject([{ outcome: 'missed', reason: { code: 'JOB_DISABLED' } }]);
  });

  it('counts and mails an occurrence though a newer one was claimed meanwhile', async () => {
    const newer = '2026-11-25T06:00:00.000Z';
    const world = jobWorld(finishedJob({ lastOccurrence: newer, runCount: 2 }, { occurrence: newer }));
    await record(world);
    expect(await world.runs()).toMatchObject([{ number: 3, outcome: 'missed', occurrence: NEXT.occurrence }]);
    expect(await world.job()).toMatchObject({ runCount: 3, lastOccurrence: newer });
    expect(world.mailed).toMatchObject([{ kind: 'run-missed', values: { occurrence: NEXT.occurrence } }]);
  });

  it('settles its own claim where EMR was never asked, and leaves a launch that is open to the sweep', async () => {
    const throttled = jobWorld(claimedJob({}, { launchAttemptedAt: null }));
    await record(throttled, runJobRequest());
    expect(await throttled.run()).toMatchObject({ outcome: 'missed', reason: { code: 'NOT_STARTED' } });
    expect(throttled.mailed).toMatchObject([{ kind: 'run-missed' }]);
    const open = jobWorld(claimedJob());
    await record(open, runJobRequest());
    expect(await open.job()).toEqual(claimedJob());
    expect(await open.runs()).toEqual([]);
  });

  it('has nothing to say of a run that took place, of a manual one, nor of a deleted job', async () => {
    for (const request of [runJobRequest(), MANUAL]) {
      const world = jobWorld(finishedJob());
      await record(world, request);
      expect(await world.job()).toEqual(finishedJob());
      expect(await world.runs()).toEqual([]);
    }
    await expect(record(jobWorld())).resolves.toEqual({});
  });
});

describe('a run that is over its time', () => {
  const input = { request: runJobRequest(), runId: runOf(runningJob()).id };

  it('is mailed, then terminated, each once', async () => {
    const world = jobWorld(runningJob());
    await tasksOf(world).notifyTimedOut(input);
    await tasksOf(world).notifyTimedOut(input);
    await tasksOf(world).terminateRun(input);
    expect(world.mailed).toMatchObject([{ kind: 'run-timed-out' }]);
    expect(await world.run()).toMatchObject({ status: 'TERMINATING', termination: { reason: 'timedOut' } });
  });

  it('is left to others for a minute by an occurrence that waits for it', async () => {
    const world = jobWorld(runningJob());
    const waiting = { request: NEXT, runId: input.runId };
    await tasksOf(world).notifyTimedOut(waiting);
    await tasksOf(world).terminateRun(waiting);
    expect(world.emr.calls.terminate).toEqual([]);
    world.clock.advance(1);
    await tasksOf(world).terminateRun(waiting);
    expect(world.emr.calls.terminate).toEqual([['j-1']]);
  });

  it('is terminated and mailed although notifying failed', async () => {
    const world = jobWorld(runningJob());
    await tasksOf(world).terminateRun(input);
    expect(world.mailed).toHaveLength(1);
    expect(world.emr.calls.terminate).toEqual([['j-1']]);
  });
});

describe('awaiting and recording the outcome', () => {
  const { id: runId } = runOf(runningJob());
  const input = { request: runJobRequest(), runId };
  const awaiting = (world: ReturnType<typeof jobWorld>) => awaitOutcome(world)({ ...input, taskToken: 'token' });

  it('stores the token for the end of the run', async () => {
    const world = jobWorld(runningJob());
    await awaiting(world);
    expect(await world.run()).toMatchObject({ taskToken: 'token' });
    expect(world.workflow.completed).toEqual([]);
  });

  it('completes at once for a run that is over, also where another one is the latest by now', async () => {
    const over = jobWorld(finishedJob());
    await awaiting(over);
    expect(over.workflow.completed).toEqual([{ taskToken: 'token', outcome: { runId, outcome: 'succeeded' } }]);
    const past = jobWorld(runningJob({}, { id: 'newer' }));
    await past.history.record(runOf(finishedJob()));
    await awaiting(past);
    expect(past.workflow.completed).toHaveLength(1);
  });

  it('answers the outcome, and that of the termination while the cluster goes down', async () => {
    const record = async (job: ReturnType<typeof sparkJob>) => {
      const world = jobWorld(job);
      const answer = await recordOutcome(world)(input);
      expect(await world.runs()).toHaveLength(1);
      return answer;
    };
    expect(await record(finishedJob())).toEqual({ runId, outcome: 'succeeded' });
    const ending = (reason: 'timedOut' | 'requested') => ({ termination: { by: 'x', reason, at: at('06:39:00') } });
    expect(await record(runningJob({}, ending('timedOut')))).toEqual({ runId, outcome: 'timedOut' });
    expect(await record(runningJob({}, ending('requested')))).toEqual({ runId, outcome: 'cancelled' });
    await expect(recordOutcome(jobWorld(runningJob()))(input)).rejects.toMatchObject({ name: 'StaleWrite' });
    for (const world of [jobWorld(), jobWorld(sparkJob({ id: 'job-2' }))])
      expect(await recordOutcome(world)(input)).toEqual({ runId, outcome: 'cancelled' });
  });
});

describe('a job past its end', () => {
  const ended = (changes = {}) => finishedJob({ endDate: at('06:35:00'), ...changes });
  const expire = async (world: ReturnType<typeof jobWorld>, request = NEXT) => {
    await tasksOf(world).removeSchedule({ request });
    await tasksOf(world).markExpired({ request });
  };

  it('loses its schedule and is marked and mailed once, its last occurrence accounted for', async () => {
    const world = jobWorld(ended());
    world.schedules.put.set('job-1', 'next');
    await expire(world);
    await expire(world);
    expect(world.schedules.put.size).toBe(0);
    expect(await world.job()).toMatchObject({ expiredAt: at('06:40:00') });
    expect(world.mailed.map(({ kind }) => kind)).toEqual(['run-missed', 'spark-job-expired']);
    expect(await world.runs()).toMatchObject([{ occurrence: NEXT.occurrence, reason: { code: 'PAST_END' } }]);
  });

  it('keeps or gets back its schedule where the end was moved meanwhile', async () => {
    const world = jobWorld(ended({ endDate: at('08:00:00') }));
    world.schedules.put.set('job-1', 'next');
    await expire(world);
    expect(world.schedules.put.size).toBe(1);
    expect(await world.job()).toMatchObject({ expiredAt: null, schedulePendingSince: at('06:40:00') });
  });

  it('settles a manual run that was claimed just before the end', async () => {
    const world = jobWorld(manuallyClaimed({ endDate: at('06:39:30') }));
    await expire(world, MANUAL);
    expect(await world.run()).toMatchObject({ outcome: 'missed', reason: { code: 'PAST_END' } });
  });
});

describe('the tasks’ handler', () => {
  it('gives each use case its task, with the occurrence in milliseconds', async () => {
    const calls: unknown[] = [];
    const record = async (input: unknown) => {
      calls.push(input);
      return {};
    };
    const useCases = { recordDisabled: record } as unknown as RunJobUseCases;
    const handler = runJobHandler(useCases);
    await handler({
      task: 'recordDisabled',
      executionId: 'e1',
      request: runJobRequest({ occurrence: '2026-11-23T06:00:00Z' }),
    });
    expect(calls).toMatchObject([{ request: { occurrence: '2026-11-23T06:00:00.000Z' } }]);
  });

  it('lets errors through by their names', async () => {
    const fail = async () => {
      throw new AwsThrottled('slow down');
    };
    const handler = runJobHandler({ getJob: fail } as unknown as RunJobUseCases);
    await expect(handler({ task: 'getJob', executionId: 'e1', request: NEXT })).rejects.toMatchObject({
      name: 'AwsThrottled',
    });
  });
});

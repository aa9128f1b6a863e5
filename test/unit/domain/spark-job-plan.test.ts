import { describe, expect, it } from 'vitest';

import type { Schedule } from '../../../shared/domain/schedule.ts';
import {
  firstRunIsDue,
  plannedJob,
  resumed,
  revisedJob,
  type SparkJobRequest,
} from '../../../shared/domain/spark-job-plan.ts';
import { ALICE, at } from '../../fakes/cluster.ts';
import { JOB_REQUEST, NOTEBOOK, sparkJob } from '../../fakes/spark-job.ts';

const NOW = at('06:00:00');
const YESTERDAY = '2026-11-22T06:00:00.000Z';
const TOMORROW = '2026-11-24T06:00:00.000Z';
const NEXT_YEAR = '2027-11-23T06:00:00.000Z';
const cron = (expression: string): Schedule => ({ type: 'cron', expression, timeZone: 'UTC' });

const plan = (changes: Partial<SparkJobRequest> = {}) =>
  plannedJob(
    { ...JOB_REQUEST, ...changes },
    { id: 'job-1', identifier: 'daily-report', person: ALICE, notebook: NOTEBOOK, now: NOW },
  );
const refusals = (act: () => unknown): unknown => {
  try {
    act();
    return [];
  } catch (error) {
    return (error as { errors: readonly unknown[] }).errors;
  }
};

describe('the plan of a Spark job', () => {
  it('starts now where no start is given, in whole seconds', () => {
    expect(plan()).toMatchObject({ startDate: NOW, scheduleAnchor: NOW, endDate: null, version: 1, runCount: 0 });
    expect(plan({ startDate: at('06:00:07').replace('.000Z', '.987Z') }).startDate).toBe(at('06:00:07'));
  });

  const past = {
    field: 'startDate',
    message: 'The start is in the past. Omit it to start now, or choose a later one.',
  };
  const tooEarly = {
    field: 'endDate',
    message: 'The end must be after the start. Choose a later end, or omit it.',
  };
  const noTime = {
    field: 'schedule',
    message: 'This schedule has no future occurrence. Check its year and day of month.',
  };
  const noTimeBefore = {
    field: 'endDate',
    message: 'The schedule has no occurrence before this end. Choose a later end or another schedule.',
  };

  it.each([
    ['a form that was open for five minutes', { startDate: at('05:55:00') }, []],
    ['one that was open for longer', { startDate: at('05:54:59') }, [past]],
    ['an end after its start', { startDate: TOMORROW, endDate: '2026-11-24T06:00:00.001Z' }, []],
    ['an end at its start', { startDate: TOMORROW, endDate: TOMORROW }, [tooEarly]],
    ['an interval whose end comes before the next time', { endDate: at('07:00:00') }, []],
    ['a cron schedule of a year that is over', { schedule: cron('0 6 * * ? 2025') }, [noTime]],
    [
      'a cron schedule without a time before the end',
      { schedule: cron('0 6 1 1 ? *'), endDate: TOMORROW },
      [noTimeBefore],
    ],
    ['a cron schedule with one', { schedule: cron('0 6 * * ? *'), endDate: TOMORROW }, []],
    ['two things at once', { startDate: YESTERDAY, endDate: YESTERDAY }, [past, tooEarly]],
  ] satisfies [string, Partial<SparkJobRequest>, unknown[]][])('is checked for %s', (_, changes, errors) => {
    expect(refusals(() => plan(changes))).toEqual(errors);
  });

  it.each([
    ['is due at once', {}, true, '2026-11-23T05:59:59.999Z'],
    ['is due later', { startDate: TOMORROW }, false, NOW],
    ['of a disabled job is not due', { isEnabled: false }, false, NOW],
    ['of a cron schedule waits for its time', { schedule: cron('0 6 * * ? *') }, false, NOW],
  ] satisfies [string, Partial<SparkJobRequest>, boolean, string][])(
    'has a first run that %s, and is accountable for it',
    (_, changes, isDue, accountedUntil) => {
      const job = plan(changes);
      expect(firstRunIsDue(job, NOW)).toBe(isDue);
      expect(job.accountedUntil).toBe(accountedUntil);
    },
  );

  it.each([
    ['long before', YESTERDAY, YESTERDAY],
    ['in the same second', NOW, '2026-11-23T05:59:59.999Z'],
  ])('goes on with the history of one that was deleted %s', (_, deletedAt, lastOccurrence) => {
    const deleted = { jobId: 'job-0', description: 'old', runCount: 7, deletedAt };
    expect(resumed(plan(), deleted)).toMatchObject({ id: 'job-0', runCount: 7, lastOccurrence, startDate: NOW });
  });
});

describe('a revision of a Spark job', () => {
  const LATER = at('12:00:00');
  const job = sparkJob({ endDate: NEXT_YEAR, scheduleAnchor: at('07:00:00') });
  const revise = (changes: Partial<SparkJobRequest> = {}, before = job) =>
    revisedJob(before, { ...JOB_REQUEST, ...changes }, NOTEBOOK, LATER);

  it('keeps start, end and schedule where they are left out', () => {
    const { startDate, endDate, scheduleAnchor, accountedUntil, schedulePendingSince } = job;
    expect(revise({ description: 'new' })).toMatchObject({
      ...{ description: 'new', modifiedAt: LATER },
      ...{ startDate, endDate, scheduleAnchor, accountedUntil, schedulePendingSince },
    });
  });

  it.each([
    ['its start', { startDate: TOMORROW }, job],
    ['its end', { endDate: TOMORROW }, job],
    ['that it has an end', { endDate: null }, job],
    ['its interval', { schedule: { type: 'interval', hours: 168 } }, job],
    ['that it was expired', {}, sparkJob({ endDate: NEXT_YEAR, expiredAt: at('11:00:00') })],
  ] satisfies [string, Partial<SparkJobRequest>, typeof job][])(
    'is accountable from now on where it changes %s',
    (_, changes, before) => {
      expect(revise(changes, before)).toMatchObject({
        ...changes,
        accountedUntil: LATER,
        schedulePendingSince: LATER,
        expiredAt: null,
      });
    },
  );

  it('counts from a start that is moved', () => {
    expect(revise({ startDate: TOMORROW }).scheduleAnchor).toBe(TOMORROW);
  });

  const startError = {
    field: 'startDate',
    message: 'The start can only be moved to the future. Choose a later one, or leave it unchanged.',
  };
  const endError = { field: 'endDate', message: 'The end is in the past. Choose a later one, or disable the job.' };
  const over = sparkJob({ endDate: at('11:00:00'), expiredAt: at('11:00:00') });

  it.each([
    ['a start that is moved to now', { startDate: LATER }, job, [startError]],
    ['a start that is moved to a second from now', { startDate: at('12:00:01') }, job, []],
    ['a start in the past that stays', { startDate: job.startDate }, job, []],
    ['an end that is moved to now', { endDate: LATER }, job, [endError]],
    ['an end that is moved to a second from now', { endDate: at('12:00:01') }, job, []],
    ['an end in the past that stays', {}, over, []],
    [
      'a schedule without a time to come',
      { schedule: cron('0 6 * * ? 2025'), endDate: null },
      job,
      [expect.objectContaining({ field: 'schedule' })],
    ],
    ['such a schedule of a job that is over', { schedule: cron('0 6 * * ? 2025') }, over, []],
  ] satisfies [string, Partial<SparkJobRequest>, typeof job, unknown[]][])(
    'is checked for %s',
    (_, changes, before, errors) => {
      expect(refusals(() => revise(changes, before))).toEqual(errors);
    },
  );

  it('stays expired while its end is past', () => {
    expect(revise({ description: 'new' }, over).expiredAt).toBe(at('11:00:00'));
  });
});

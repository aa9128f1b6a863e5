import { describe, expect, it } from 'vitest';

import { nextRuns } from '../../../shared/domain/occurrences.ts';
import type { Schedule } from '../../../shared/domain/schedule.ts';
import {
  claimedForRun,
  expired,
  isDue,
  isOccurrenceClaimed,
  timeoutAt,
  withLatestRun,
  type RunRequest,
} from '../../../shared/domain/spark-job.ts';
import { at } from '../../fakes/cluster.ts';
import { claimedJob, finishedJob, TERMS, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';

const NOW = at('07:00:00');
const DAILY_CRON: Schedule = { type: 'cron', expression: '0 6 * * ? *', timeZone: 'UTC' };
const request = (trigger: RunRequest['trigger'], occurrence = NOW): RunRequest => ({
  trigger,
  occurrence,
  runToken: 'abcdefghij',
  claimedBy: null,
  parameters: null,
});

describe('a Spark job', () => {
  it.each([
    [at('06:59:59'), false],
    [at('07:00:00'), true],
    [at('08:00:00'), true],
    [at('08:00:01'), false],
  ])('is due from its start to its end, both included: at %s it is %s', (now, expected) => {
    expect(isDue({ startDate: at('07:00:00'), endDate: at('08:00:00') }, now)).toBe(expected);
  });

  it('is due for ever without an end', () => {
    expect(isDue({ startDate: at('07:00:00'), endDate: null }, '2099-01-01T00:00:00.000Z')).toBe(true);
  });

  it('has runs to come while it is enabled and not expired', () => {
    expect(nextRuns(finishedJob(), 2)).toEqual(['2026-11-24T06:00:00.000Z', '2026-11-25T06:00:00.000Z']);
    expect(nextRuns(finishedJob({ isEnabled: false }), 2)).toEqual([]);
    expect(nextRuns(finishedJob({ expiredAt: NOW }), 2)).toEqual([]);
  });

  it.each([
    ['is next until a run stands for it', sparkJob(), at('06:00:00')],
    ['is handled where its run was claimed', claimedJob(), '2026-11-24T06:00:00.000Z'],
    [
      'is handled where the sweep has accounted for it',
      sparkJob({ accountedUntil: at('06:00:00') }),
      '2026-11-24T06:00:00.000Z',
    ],
    [
      'is handled where Scheduler named it by the minute',
      claimedJob({ scheduleAnchor: at('06:00:30') }),
      '2026-11-24T06:00:30.000Z',
    ],
  ])('has a first occurrence that %s', (_, job, next) => {
    expect(nextRuns(job, 1)).toEqual([next]);
  });

  it('has runs to come within its dates, counted from its anchor', () => {
    const dated = { scheduleAnchor: at('08:00:00'), startDate: at('09:00:00'), endDate: '2026-11-24T08:00:00.000Z' };
    expect(nextRuns(sparkJob({ ...dated, accountedUntil: at('08:00:00') }), 9)).toEqual(['2026-11-24T08:00:00.000Z']);
  });

  it('expires once, with a mail to its owner', () => {
    const over = expired(sparkJob({ endDate: at('06:30:00') }), NOW);
    expect(over).toMatchObject({ expiredAt: NOW, modifiedAt: NOW });
    expect(over.outbox).toEqual([
      {
        id: `spark-job-expired-${NOW}`,
        kind: 'spark-job-expired',
        to: 'alice@example.com',
        since: NOW,
        values: {
          jobIdentifier: 'daily-report',
          description: 'Counts what happened yesterday',
          endDate: at('06:30:00'),
          createdAt: at('06:00:00'),
          modifiedAt: at('06:00:00'),
          lastRun: null,
        },
      },
    ]);
    expect(expired(over, at('08:00:00'))).toBe(over);
  });

  it('changes its latest run only where that is the one meant, and only where there is a change', () => {
    const job = runningJob();
    const { id } = runOf(job);
    expect(withLatestRun(job, id, (run) => ({ ...run, size: 9 }), NOW)).toMatchObject({
      modifiedAt: NOW,
      latestRun: { size: 9, version: job.version + 1, modifiedAt: NOW },
    });
    expect(withLatestRun(job, id, (run) => run, NOW)).toBe(job);
    expect(withLatestRun(job, 'another', (run) => ({ ...run, size: 9 }), NOW)).toBe(job);
    const never = sparkJob();
    expect(withLatestRun(never, id, (run) => ({ ...run, size: 9 }), NOW)).toBe(never);
  });

  it('times a run out its timeout after it was planned', () => {
    expect(timeoutAt({ scheduledAt: at('06:00:00'), timeout: 2 })).toBe(at('08:00:00'));
  });
});

describe('an occurrence of a Spark job', () => {
  const scheduled = finishedJob({ lastOccurrence: at('06:00:00') });
  const manual = finishedJob({ lastOccurrence: at('06:00:00') }, { trigger: 'manual', occurrence: NOW });

  it.each([
    ['the newest that has a run', scheduled, 'schedule', at('06:00:00'), true],
    ['one before it', scheduled, 'schedule', at('05:00:00'), true],
    ['one after it', scheduled, 'schedule', at('06:00:01'), false],
    ['the first of all', sparkJob(), 'firstRun', at('06:00:00'), false],
    ['the latest manual one', manual, 'manual', NOW, true],
    ['another manual one', manual, 'manual', at('08:00:00'), false],
    ['a manual one of the time of a scheduled one', scheduled, 'manual', at('06:00:00'), false],
    ['a manual one of a job that never ran', sparkJob(), 'manual', NOW, false],
  ] as const)('is claimed or not: %s', (_, job, trigger, occurrence, expected) => {
    expect(isOccurrenceClaimed(job, { trigger, occurrence })).toBe(expected);
  });

  it('is claimed with the next number, and is the last one from then on', () => {
    const job = claimedForRun(scheduled, request('schedule', NOW), TERMS, NOW);
    expect(job).toMatchObject({
      runCount: scheduled.runCount + 1,
      lastOccurrence: NOW,
      modifiedAt: NOW,
      latestRun: { number: scheduled.runCount + 1, version: scheduled.version + 1, occurrence: NOW },
    });
    expect(job.scheduleAnchor).toBe(scheduled.scheduleAnchor);
  });

  it('is refused while the run before goes on', () => {
    expect(() => claimedForRun(runningJob(), request('schedule'), TERMS, NOW)).toThrow(
      expect.objectContaining({
        name: 'Conflict',
        message: 'The latest run has not finished. Terminate it, or wait until it has finished.',
      }),
    );
  });

  const moved = { scheduleAnchor: NOW, accountedUntil: NOW, schedulePendingSince: NOW };
  it.each([
    ['moves the interval', scheduled, 'manual', true],
    ['moves the interval at the moment of its start', { ...scheduled, startDate: NOW }, 'manual', true],
    ['leaves an interval that is yet to start', { ...scheduled, startDate: at('07:00:01') }, 'manual', false],
    ['leaves a cron schedule', { ...scheduled, schedule: DAILY_CRON }, 'manual', false],
    ['leaves the interval where it is a scheduled one', scheduled, 'schedule', false],
  ] as const)('%s', (_, job, trigger, moves) => {
    const { scheduleAnchor, accountedUntil, schedulePendingSince } = job;
    expect(claimedForRun(job, request(trigger), TERMS, NOW)).toMatchObject(
      moves ? moved : { scheduleAnchor, accountedUntil, schedulePendingSince },
    );
  });

  it('leaves the last scheduled one where it is manual', () => {
    expect(claimedForRun(scheduled, request('manual'), TERMS, NOW).lastOccurrence).toBe(at('06:00:00'));
  });
});

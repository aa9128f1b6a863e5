import { unaccountedOccurrences } from '../../../shared/domain/former-schedule.ts';
import { describe, expect, it } from 'vitest';

import { NOTHING_BILLED } from '../../../shared/domain/cost.ts';
import {
  accountedUpTo,
  isRunOf,
  missedOf,
  missedRun,
  nextOccurrence,
  ownRun,
  standsForOccurrence,
  upkeepDueAt,
  withMissed,
} from '../../../shared/domain/occurrences.ts';
import { NEVER_LAUNCHED } from '../../../shared/domain/launch-settings.ts';
import { claimedForRun } from '../../../shared/domain/spark-job.ts';
import { at } from '../../fakes/cluster.ts';
import { finishedJob, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';

const day = (number: number, time = '06:00:00.000'): string => `2026-11-${number}T${time}Z`;
const NOW = day(25, '07:00:00.000');

describe('an occurrence and its run', () => {
  const first = { trigger: 'firstRun', occurrence: at('06:00:00') } as const;

  it.each([
    ['schedule', at('06:00:00'), true],
    ['firstRun', at('06:00:00'), true],
    ['manual', at('06:00:00'), false],
    ['schedule', at('06:00:01'), false],
  ] as const)('belong together by time, and manual ones apart: %s at %s', (trigger, occurrence, expected) => {
    expect(isRunOf(first, { trigger, occurrence })).toBe(expected);
    expect(isRunOf({ trigger, occurrence }, first)).toBe(expected);
  });

  it('are found in the job while the run goes on', () => {
    const job = runningJob();
    expect(ownRun(job, first)).toBe(job.latestRun);
    expect(ownRun(job, { ...first, occurrence: day(24) })).toBeNull();
    expect(ownRun(finishedJob(), first)).toBeNull();
    expect(ownRun(sparkJob(), first)).toBeNull();
  });
});

describe('the next occurrence', () => {
  it('is to come, also for a job that is disabled, and none for an expired one', () => {
    expect(nextOccurrence(sparkJob({ isEnabled: false }), NOW)).toBe(day(26));
    expect(nextOccurrence(sparkJob({ expiredAt: NOW }), NOW)).toBeNull();
    expect(nextOccurrence(sparkJob({ endDate: day(25) }), NOW)).toBeNull();
  });
});

describe('a missed occurrence', () => {
  const job = finishedJob({ accountedUntil: day(23), lastOccurrence: day(23) });
  const recorded = () => withMissed(job, day(24), 'undelivered', NOW);

  it('is counted, mailed and kept in one write, and leaves the latest run', () => {
    const missed = { occurrence: day(24), reason: 'undelivered', number: job.runCount + 1, recordedAt: NOW };
    expect(recorded()).toMatchObject({
      missed: [missed],
      runCount: job.runCount + 1,
      lastOccurrence: day(24),
      modifiedAt: NOW,
      outbox: [{ kind: 'run-missed', values: { occurrence: day(24) } }],
    });
    expect(recorded().latestRun).toBe(runOf(job));
    expect([missedOf(recorded(), day(24)), missedOf(recorded(), day(25))]).toEqual([missed, null]);
  });

  it('has an entry of the history under an id of its own, at its own time and at no cost', () => {
    const missed = { occurrence: day(24), reason: 'undelivered', number: 7, recordedAt: NOW } as const;
    expect(missedRun(recorded(), missed)).toMatchObject({
      id: '20261124T060000000Z-missed',
      number: 7,
      outcome: 'missed',
      trigger: 'schedule',
      occurrence: day(24),
      scheduledAt: day(24),
      claimedBy: null,
      parameters: { country: 'DE' },
      version: job.version,
      workload: {
        rate: NOTHING_BILLED,
        emrId: null,
        launchAttemptedAt: null,
        claimedAt: NOW,
        reason: { code: 'NOT_DELIVERED' },
      },
    });
  });

  it('is recorded once, and not where it has a run or lies before the watermark', () => {
    const once = recorded();
    expect(withMissed(once, day(24), 'notStarted', NOW)).toBe(once);
    expect(withMissed(job, day(23), 'undelivered', NOW)).toBe(job);
    const claimed = finishedJob({ accountedUntil: day(20) });
    expect(withMissed(claimed, day(23), 'undelivered', NOW)).toBe(claimed);
  });

  it.each([
    [null, day(24)],
    [day(23), day(24)],
    [day(25), day(25)],
  ])('never moves the last occurrence back: %s', (lastOccurrence, expected) => {
    expect(withMissed({ ...job, lastOccurrence }, day(24), 'undelivered', NOW).lastOccurrence).toBe(expected);
  });

  it('is the newest of its job until a run is planned', () => {
    const latestMissed = { id: '20261124T060000000Z-missed', number: job.runCount + 1, occurrence: day(24) };
    expect(recorded()).toMatchObject({ latestMissed });
    const request = { trigger: 'manual', occurrence: NOW, runToken: 't', claimedBy: null, parameters: null } as const;
    expect(claimedForRun(recorded(), request, NEVER_LAUNCHED, NOW).latestMissed).toBeNull();
  });

  it('is not the newest where a later time or a person started a run, nor where the owner had disabled the job', () => {
    const later = { ...job, lastOccurrence: day(25) };
    expect(withMissed(later, day(24), 'undelivered', NOW).latestMissed).toBeNull();
    const request = { trigger: 'manual', occurrence: NOW, runToken: 't', claimedBy: null, parameters: null } as const;
    const byHand = { ...claimedForRun(job, request, NEVER_LAUNCHED, NOW), accountedUntil: job.accountedUntil };
    expect(withMissed(byHand, day(24), 'undelivered', NOW)).toMatchObject({ missed: [{}], latestMissed: null });
    expect(withMissed(job, day(24), 'disabled', NOW).latestMissed).toBeNull();
    expect(withMissed(recorded(), day(25), 'disabled', NOW).latestMissed).toEqual(recorded().latestMissed);
  });

  it('is not mailed where the owner had disabled the job', () => {
    expect(withMissed(job, day(24), 'disabled', NOW)).toMatchObject({ outbox: [], missed: [{ reason: 'disabled' }] });
  });
});

describe('a run in the history', () => {
  it.each([
    [59, true],
    [-59, true],
    [60, false],
    [-60, false],
  ])('stands for a scheduled time within the precision of Scheduler: %d seconds from it', (seconds, expected) => {
    const occurrence = new Date(Date.parse(day(24)) + seconds * 1000).toISOString();
    expect(standsForOccurrence({ trigger: 'firstRun', occurrence }, day(24))).toBe(expected);
    expect(standsForOccurrence({ trigger: 'manual', occurrence }, day(24))).toBe(false);
  });
});

describe('occurrences to account for', () => {
  it('are those after the watermark, up to the moment, oldest first', () => {
    const job = sparkJob({ accountedUntil: day(23) });
    expect(unaccountedOccurrences(job, day(26))).toEqual([day(24), day(25), day(26)]);
    expect(unaccountedOccurrences(job, day(26, '05:59:59.999'))).toEqual([day(24), day(25)]);
  });

  it('are named by whole seconds, and none is named again', () => {
    const job = sparkJob({ scheduleAnchor: day(23, '06:00:00.123'), accountedUntil: day(24) });
    expect(unaccountedOccurrences(job, NOW)).toEqual([day(25)]);
  });

  it('are fifty at a time', () => {
    expect(unaccountedOccurrences(sparkJob(), '2027-11-23T06:00:00.000Z')).toHaveLength(50);
  });

  it('are done with up to the watermark, which never goes back', () => {
    const job = withMissed(withMissed(sparkJob(), day(24), 'disabled', NOW), day(25), 'disabled', NOW);
    expect(accountedUpTo(job, day(24))).toMatchObject({ accountedUntil: day(24), missed: [{ occurrence: day(25) }] });
    expect(accountedUpTo(job, job.accountedUntil)).toBe(job);
    expect(accountedUpTo(job, day(20))).toBe(job);
  });
});

describe('the upkeep', () => {
  const over = { endDate: day(23), accountedUntil: day(23) };

  it.each([
    ['the time after its next occurrence', {}, day(24, '06:20:00.000')],
    ['its end, where that is sooner', { endDate: day(24, '06:10:00.000') }, day(24, '06:10:00.000')],
    ['its next occurrence, where that is sooner than its end', { endDate: day(26) }, day(24, '06:20:00.000')],
    ['a schedule that is to be written', { schedulePendingSince: at('05:00:00') }, at('05:00:00')],
    ['its end, after the last occurrence', over, day(23)],
    ['nothing, once it has expired', { ...over, expiredAt: NOW }, null],
  ])('has to look at a job for %s', (_, changes, due) => {
    expect(upkeepDueAt(sparkJob({ accountedUntil: day(23), ...changes }))).toBe(due);
  });
});

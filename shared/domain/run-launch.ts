import { mayFollow, type StatusReason } from './emr-state.ts';
import type { Instant } from './instant.ts';
import type { Run } from './run.ts';

type TerminationReason = NonNullable<Run['termination']>['reason'];

/** Claimed, and EMR was certainly not asked yet. */
export const isUnlaunched = (run: Run): boolean =>
  run.status === 'LAUNCHING' && run.outcome === null && run.jobflowId === null && run.launchAttemptedAt === null;

/** Recorded before EMR is asked: from here on, who finds the run without a jobflow id cannot know whether one exists. */
export const launchAttempted = (run: Run, now: Instant): Run => ({
  ...run,
  launchAttemptedAt: now,
  missedSweeps: 0,
  modifiedAt: now,
});

/** EMR certainly did not launch it, and may be asked again. */
export const launchWithdrawn = (run: Run, now: Instant): Run =>
  run.jobflowId === null && run.outcome === null ? { ...run, launchAttemptedAt: null, modifiedAt: now } : run;

export const launchedAs = (run: Run, jobflowId: string, now: Instant): Run =>
  run.outcome === null
    ? {
        ...run,
        jobflowId,
        status: run.status === 'LAUNCHING' ? 'STARTING' : run.status,
        startedAt: run.startedAt ?? now,
        modifiedAt: now,
      }
    : run;

/** EMR refused the request itself. */
export const launchRefused = (run: Run, message: string, now: Instant): Run =>
  run.outcome === null
    ? {
        ...run,
        status: 'TERMINATED_WITH_ERRORS',
        outcome: 'failed',
        reason: { code: 'VALIDATION_ERROR', message },
        finishedAt: now,
        modifiedAt: now,
      }
    : run;

/** The end of a run that was to be terminated before EMR was ever asked for it. */
export const endedUnlaunched = (run: Run, now: Instant): Run => ({
  ...run,
  status: 'TERMINATED',
  outcome: run.termination?.reason === 'timedOut' ? 'timedOut' : 'cancelled',
  reason: { code: 'USER_REQUEST', message: 'The run was ended before its cluster was launched.' },
  finishedAt: now,
  modifiedAt: now,
});

/** The end of a claim that no cluster will ever come of. */
export const missed = (run: Run, reason: StatusReason, now: Instant): Run => ({
  ...run,
  status: 'MISSED',
  outcome: 'missed',
  reason,
  hourlyCost: 0,
  finishedAt: now,
  modifiedAt: now,
});

/** EMR has taken the request to terminate. No event tells of TERMINATING, so that this is how it becomes visible. */
export const terminationTaken = (run: Run, now: Instant): Run =>
  run.outcome === null && run.status !== 'MISSED' && mayFollow(run.status, 'TERMINATING')
    ? { ...run, status: 'TERMINATING', modifiedAt: now }
    : run;

/** Records who wants the end before EMR is asked for it. The first request stays on record. */
export const terminationRequested = (run: Run, by: string, reason: TerminationReason, now: Instant): Run =>
  run.outcome === null && run.termination === null
    ? { ...run, termination: { by, reason, at: now }, modifiedAt: now }
    : run;

/**
 * Claims another launch where the first certainly came to nothing. The fresh token makes whatever the first call may
 * still bring forth an orphan, which is terminated.
 */
export const launchClaimedAgain = (run: Run, staleToken: string, runToken: string, now: Instant): Run =>
  run.status === 'LAUNCHING' && run.outcome === null && run.runToken === staleToken
    ? { ...run, runToken, launchAttemptedAt: now, missedSweeps: 0, modifiedAt: now }
    : run;

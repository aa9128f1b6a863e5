import type { StatusReason } from './emr-state.ts';
import type { Instant } from './instant.ts';
import type { Run } from './run.ts';

/** Claimed, and EMR was certainly not asked yet. */
export const isUnlaunched = (run: Run): boolean =>
  run.status === 'LAUNCHING' && run.outcome === null && run.jobflowId === null && run.launchAttemptedAt === null;

/** Recorded before EMR is asked: from here on, who finds the run without a jobflow id cannot know whether one exists. */
export const launchAttempted = (run: Run, now: Instant): Run => ({ ...run, launchAttemptedAt: now, modifiedAt: now });

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
export const launchRefused = (run: Run, message: string, now: Instant): Run => ({
  ...run,
  status: 'TERMINATED_WITH_ERRORS',
  outcome: 'failed',
  reason: { code: 'VALIDATION_ERROR', message },
  finishedAt: now,
  modifiedAt: now,
});

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

import type { StatusReason } from './engine.ts';

/** A local stack without Spark did not execute the notebook. Not mailed, and not counted in success rates. */
export const NOT_EXECUTED = 'NOT_EXECUTED';

/** The portal terminated the run at its timeout. */
export const TIMED_OUT = 'TIMED_OUT';

/** EMR Serverless had no room for the run for as long as a run may wait in its queue. */
export const QUEUE_TIMEOUT = 'QUEUE_TIMEOUT';

/** Why an occurrence has no run. */
export const MISSED_REASONS = {
  disabled: { code: 'JOB_DISABLED', message: 'The job was disabled at this time.' },
  previousRun: {
    code: 'PREVIOUS_RUN_STILL_GOING',
    message: 'The previous run did not finish in time.',
  },
  superseded: {
    code: 'SUPERSEDED',
    message: 'A later occurrence became due while this one waited for the previous run.',
  },
  notStarted: {
    code: 'NOT_STARTED',
    message:
      'The run could not be started in time: AWS calls kept failing or being throttled, or launches were paused.',
  },
  pastEnd: { code: 'PAST_END', message: 'The job expired before this run could start.' },
  overBudget: {
    code: 'BUDGET_EXCEEDED',
    message: 'The monthly budget had no room for this run. An administrator of the portal can raise it.',
  },
  launchesPaused: { code: 'LAUNCHES_PAUSED', message: 'Administrators had paused all launches:' },
  undelivered: { code: 'NOT_DELIVERED', message: 'The schedule did not deliver this occurrence in time.' },
} as const satisfies Readonly<Record<string, StatusReason>>;

export type MissedReason = keyof typeof MISSED_REASONS;

import type { StatusReason } from './engine.ts';

/** A local stack without Spark executed no notebook. Not mailed, and not counted in success rates. */
export const NOT_EXECUTED = 'NOT_EXECUTED';

/** The portal ended the run at its timeout. */
export const TIMED_OUT = 'TIMED_OUT';

/** Why an occurrence has no run. */
export const MISSED_REASONS = {
  disabled: { code: 'JOB_DISABLED', message: 'The job was disabled at this time.' },
  previousRun: {
    code: 'PREVIOUS_RUN_STILL_GOING',
    message: 'The run before was still going, and waiting for its end was given up.',
  },
  superseded: {
    code: 'SUPERSEDED',
    message: 'While this one waited for the run before, the next one was due and took its place.',
  },
  notStarted: {
    code: 'NOT_STARTED',
    message: 'The run could not be started: AWS failed or was too busy, again and again.',
  },
  pastEnd: { code: 'PAST_END', message: 'The job reached its end before this run could begin.' },
  undelivered: { code: 'NOT_DELIVERED', message: 'The schedule did not deliver this occurrence in time.' },
} as const satisfies Readonly<Record<string, StatusReason>>;

export type MissedReason = keyof typeof MISSED_REASONS;

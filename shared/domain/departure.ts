import type { Instant } from './instant.ts';

export const DEPARTURE_REASONS = ['disabled', 'deleted', 'inactive'] as const;

/** `inactive`: a federated person who has not signed in for the days that the stage names. */
export type DepartureReason = (typeof DEPARTURE_REASONS)[number];

/** How somebody left, and what of theirs was active then. Their next sign-in removes it. */
export interface Departure {
  readonly reason: DepartureReason;
  readonly at: Instant;
  /** Identifiers. */
  readonly clusters: readonly string[];
  /** Names; absent in records from before there were sessions. */
  readonly sessions?: readonly string[];
  /** Identifiers. */
  readonly jobs: readonly string[];
  /** When all of it was ended and paused, and the mails to the admins were written; null until then. */
  readonly settledAt: Instant | null;
}

import { Conflict } from './errors.ts';
import { hoursOf, isReady, newlyExpiring, prolonged, withMailOfExpiry, type Expiring } from './expiring.ts';
import type { Instant } from './instant.ts';
import type { LaunchTerms } from './launch-settings.ts';
import type { Person } from './person.ts';
import type { Limits } from './settings.ts';
import { claimedWorkload } from './workload.ts';

/**
 * A Spark Connect session on EMR Serverless: a Spark driver of its own, to which a person's PySpark client connects.
 * Size is the most executors.
 */
export interface Session extends Expiring {
  readonly name: string;
  /** Minutes without work after which EMR ends the session. */
  readonly idleMinutes: number;
  /** Of the release at the launch: a client must have the same Spark and, for functions in Python, the same Python. */
  readonly sparkVersion: string;
  readonly pythonVersion: string;
}

/** Hours from its start after which EMR Serverless ends every session. */
export const MAX_SESSION_HOURS = 24;

/** The limits of the settings, within the hours of a session. */
export const sessionLimits = (limits: Limits): Limits => ({
  ...limits,
  maxLifetime: Math.min(limits.maxLifetime, MAX_SESSION_HOURS),
  defaultLifetime: Math.min(limits.defaultLifetime, MAX_SESSION_HOURS),
});

/** Minutes of the idle time-out. */
export const IDLE_MINUTES = { min: 5, max: MAX_SESSION_HOURS * 60, default: 30 } as const;

export interface SessionRequest {
  readonly name: string;
  readonly size: number;
  readonly lifetime: number;
  readonly idleMinutes: number;
  readonly emrRelease: string;
}

interface NewSession {
  readonly id: string;
  readonly person: Person;
  readonly now: Instant;
  readonly runToken: string;
  readonly terms: LaunchTerms;
  readonly release: Pick<Session, 'sparkVersion' | 'pythonVersion'>;
}

/** The session as claimed, before EMR is asked for it. */
export const plannedSession = (
  request: SessionRequest,
  { id, person, now, runToken, terms, release: { sparkVersion, pythonVersion } }: NewSession,
): Session => ({
  ...request,
  ...newlyExpiring(request.lifetime, now),
  id,
  ownerId: person.id,
  owner: person.username,
  ownerEmail: person.email,
  sparkVersion,
  pythonVersion,
  workload: claimedWorkload({
    engine: 'connect',
    use: 'interactive',
    runToken,
    claimedAt: now,
    launchDueAt: now,
    launchAttemptedAt: now,
    ...terms,
  }),
});

/** @throws Conflict unless the session is active and not ending, and where EMR would end it before */
export const extendedSession = (session: Session, hours: number, now: Instant): Session => {
  const extended = prolonged(session, 'session', hours, now);
  if (hoursOf(extended) > MAX_SESSION_HOURS)
    throw new Conflict(
      `EMR Serverless ends a session ${MAX_SESSION_HOURS} hours after its start, and this one has ${hoursOf(session)} already. ` +
        'Extend it by less, or start another session.',
      { hours, has: hoursOf(session) },
    );
  return extended;
};

/** Adds a mail about the current expiry, once, from one hour before it. */
export const withSessionExpiryMail = (session: Session, now: Instant): Session => {
  const { id: sessionId, name, ownerEmail, expiresAt } = session;
  return withMailOfExpiry(
    session,
    {
      id: `session-expires-soon-${expiresAt}`,
      kind: 'session-expires-soon',
      to: ownerEmail,
      since: now,
      values: { sessionId, name, expiresAt },
    },
    now,
  );
};

/** @throws Conflict until a client can connect, and once it is ending or has ended */
export const requireConnectable = (session: Session): void => {
  if (isReady(session) && session.workload.termination === null) return;
  const { status } = session.workload;
  throw new Conflict(
    `The session is ${status}. A client can connect while it is STARTED, IDLE or BUSY. Wait until it is ready, or start another one.`,
  );
};

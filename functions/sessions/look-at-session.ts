import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import { isActive } from '../../shared/domain/expiring.ts';
import type { Session } from '../../shared/domain/session.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { SessionLifecycle } from './session-lifecycle.ts';

interface LookAtSessionDependencies {
  readonly engines: Engines;
  readonly lifecycle: Pick<SessionLifecycle, 'owning' | 'reconcile'>;
  readonly clock: Clock;
}

/** However many pages show a session, EMR is asked for it so often by one instance of the function. */
const EVERY_MS = 5000;

/** Sessions remembered; far more than are looked at within the pause. */
const MOST_REMEMBERED = 1000;

export type LookAtSession = (session: Session) => Promise<Session>;

/**
 * The session as EMR has it now: sessions send no events, and the sweep looks once a minute. As it is stored where EMR was asked
 * a moment ago, or cannot be asked.
 */
export const lookAtSession = ({ engines, lifecycle, clock }: LookAtSessionDependencies): LookAtSession => {
  const lookedAt = new Map<string, number>();

  const isRecent = (id: string, now: number): boolean => now - (lookedAt.get(id) ?? -EVERY_MS) < EVERY_MS;

  return async (session) => {
    const { emrId } = session.workload;
    const now = Date.parse(clock.now());
    if (emrId === null || !isActive(session) || isRecent(session.id, now)) return session;
    if (lookedAt.size >= MOST_REMEMBERED) lookedAt.clear();
    lookedAt.set(session.id, now);
    try {
      const seen = await engines.connect.describe(emrId);
      return seen === null ? session : (await lifecycle.reconcile(lifecycle.owning(session), seen)).holder;
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.warn('EMR could not be asked for a session; the sweep asks again', { sessionId: session.id, error });
      return session;
    }
  };
};

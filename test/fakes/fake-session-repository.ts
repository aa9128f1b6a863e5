import type { SessionRepository } from '../../functions/ports/session-repository.ts';
import { isActive } from '../../shared/domain/expiring.ts';
import type { Session } from '../../shared/domain/session.ts';
import { byId, expiringIn } from './fake-expiring-repository.ts';

export const fakeSessionRepository = (...present: readonly Session[]): SessionRepository => sessionsIn(byId(present));

export const sessionsIn = (held: Map<string, Session>): SessionRepository =>
  expiringIn(held, {
    kind: 'session',
    passes: { active: isActive, ended: (session) => !isActive(session), all: () => true },
  });

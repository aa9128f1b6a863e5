import type { SessionRepository } from '../../functions/ports/session-repository.ts';
import { isActive } from '../../shared/domain/expiring.ts';
import type { Session } from '../../shared/domain/session.ts';
import { fakeExpiringRepository } from './fake-expiring-repository.ts';

export const fakeSessionRepository = (...present: readonly Session[]): SessionRepository =>
  fakeExpiringRepository(present, {
    kind: 'session',
    passes: { active: isActive, ended: (session) => !isActive(session), all: () => true },
  });

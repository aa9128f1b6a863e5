import type { Session } from '../../shared/domain/session.ts';
import type { ExpiringRepository } from './expiring-repository.ts';

export type SessionFilter = 'active' | 'ended' | 'all';

export type SessionRepository = ExpiringRepository<Session, SessionFilter>;

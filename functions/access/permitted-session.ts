import type { ObjectPermission } from '../../shared/domain/access.ts';
import type { Grant } from '../../shared/domain/grant.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Session } from '../../shared/domain/session.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import { permittingGrants } from './permitted-object.ts';

export interface SessionLookup {
  readonly sessions: SessionRepository;
  readonly grants: Pick<GrantRepository, 'on'>;
}

/** A session with the grants that the person's permissions follow from; none for its owner and for admins. */
interface PermittedSession {
  readonly session: Session;
  readonly grants: readonly Grant[];
}

/** @throws NotFound if the person may not see the session, Forbidden if they may see it but not do this */
export const permittedSession = async (
  { sessions, grants }: SessionLookup,
  id: string,
  person: Person,
  permission: ObjectPermission,
): Promise<PermittedSession> => {
  const session = await sessions.get(id);
  const wanted = { object: session, kind: 'session', permission, namedBy: id } as const;
  return { session, grants: await permittingGrants(grants, wanted, person) };
};

import type { SessionView } from '../../shared/contract/routes/sessions.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedSession, type SessionLookup } from '../access/permitted-session.ts';
import type { LookAtSession } from './look-at-session.ts';
import { sessionToView } from './session-view.ts';

/** @throws NotFound, also for a session that the person may not see */
export const getSession =
  ({ look, ...lookup }: SessionLookup & { readonly look: LookAtSession }) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<SessionView> => {
    const { session, grants } = await permittedSession(lookup, id, person, 'view');
    return sessionToView(await look(session), person, grants);
  };

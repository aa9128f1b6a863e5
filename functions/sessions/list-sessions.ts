import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Session } from '../../shared/domain/session.ts';
import { isIn, isNarrowed, readEverybodys, readFor, searchableExpiring } from '../access/expiring-lists.ts';
import { searchedPage } from '../access/searched-list.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import { sessionToView } from './session-view.ts';

const SEARCHABLE_SESSIONS = searchableExpiring<Session, 'name'>('name', ({ name }) => name);

interface ListSessionsDependencies {
  readonly sessions: Pick<SessionRepository, 'list' | 'listAfter' | 'findIn'>;
  readonly grants: Pick<GrantRepository, 'heldBy'>;
}

/** @throws Forbidden if a person who is not an admin asks for the sessions of all people */
export const listSessions =
  ({ sessions, grants }: ListSessionsDependencies) =>
  async (
    { status, owner, ...request }: RouteInput<Routes['listSessions']>,
    person: Person,
  ): Promise<RouteOutput<Routes['listSessions']>> => {
    const read = readFor({ kind: 'session', repository: sessions, grants }, { status, owner }, person);
    const page = await searchedPage(read, request, SEARCHABLE_SESSIONS);
    return { ...page, items: page.items.map(({ item, grants: held }) => sessionToView(item, person, held)) };
  };

/** Of everybody, for admins. Filtered by owner or release, the newest ten thousand of the status are read. */
export const listAllSessions =
  ({ sessions }: { readonly sessions: Pick<SessionRepository, 'list'> }) =>
  async (
    { status, owner, emrRelease, ...request }: RouteInput<Routes['listAllSessions']>,
    person: Person,
  ): Promise<RouteOutput<Routes['listAllSessions']>> => {
    const narrowed = { owner, emrRelease };
    const page = await searchedPage(readEverybodys(sessions, status), request, SEARCHABLE_SESSIONS, {
      ...(isNarrowed(narrowed) && { wanted: isIn(narrowed) }),
    });
    return { ...page, items: page.items.map(({ item }) => sessionToView(item, person, [])) };
  };

import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { GrantsView } from '../../shared/contract/grants.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';
import type { Caller, Person } from '../../shared/domain/person.ts';
import { sharedSession } from '../../shared/domain/shared-objects.ts';
import { changeSharing, type ChangeSharingDependencies } from '../access/change-sharing.ts';
import { permittedSession, type SessionLookup } from '../access/permitted-session.ts';
import type { Sharing } from '../access/sharing.ts';

/** @throws NotFound */
export const getSessionGrants =
  ({ sharing, ...lookup }: SessionLookup & { readonly sharing: Pick<Sharing, 'view'> }) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<GrantsView> => {
    await permittedSession(lookup, id, person, 'view');
    return sharing.view({ kind: 'session', id });
  };

type PutSessionGrantsDependencies = SessionLookup & ChangeSharingDependencies;

type Input = RouteInput<Routes['putSessionGrants']>;

const requireViewOnly = (grants: Input['grants']): void => {
  const errors = grants.flatMap(({ level }, at) =>
    level === 'view'
      ? []
      : [{ field: `grants.${at}.level`, message: 'A session is shared for viewing only. Give the level as view.' }],
  );
  if (errors.length > 0) throw new InvalidInput(errors);
};

/** Replaces the whole list. @throws NotFound, Forbidden; InvalidInput naming entries, also those that would let others manage it */
export const putSessionGrants =
  (deps: PutSessionGrantsDependencies) =>
  async ({ id, grants }: Input, person: Caller): Promise<GrantsView> => {
    const { session } = await permittedSession(deps, id, person, 'share');
    requireViewOnly(grants);
    const { name, ownerId } = session;
    const object = { kind: 'session', id } as const;
    return changeSharing(deps)(
      { shared: sharedSession(session), ownerId, grants, action: 'session.share', object, named: { name } },
      person,
    );
  };

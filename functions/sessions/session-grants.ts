import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { GrantsView } from '../../shared/contract/grants.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';
import type { Caller, Person } from '../../shared/domain/person.ts';
import { sharedSession } from '../../shared/domain/shared-objects.ts';
import { permittedSession, type SessionLookup } from '../access/permitted-session.ts';
import { changesSharing, type Sharing } from '../access/sharing.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';

/** @throws NotFound */
export const getSessionGrants =
  ({ sharing, ...lookup }: SessionLookup & { readonly sharing: Pick<Sharing, 'view'> }) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<GrantsView> => {
    await permittedSession(lookup, id, person, 'view');
    return sharing.view({ kind: 'session', id });
  };

interface PutSessionGrantsDependencies extends SessionLookup {
  readonly sharing: Sharing;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

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
  ({ sharing, audit, clock, ...lookup }: PutSessionGrantsDependencies) =>
  async ({ id, grants }: Input, person: Caller): Promise<GrantsView> => {
    const { session } = await permittedSession(lookup, id, person, 'share');
    requireViewOnly(grants);
    const plan = await sharing.plan(sharedSession(session), session.ownerId, grants);
    if (changesSharing(plan)) {
      const detail = await sharing.detail(plan);
      const object = { kind: 'session', id } as const;
      await audit.record(actOf(person, { action: 'session.share', object, detail }, clock.now()));
    }
    return sharing.carryOut(plan);
  };

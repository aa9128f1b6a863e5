import type { GrantEntry, GrantsView } from '../../shared/contract/grants.ts';
import type { Owned } from '../../shared/domain/access.ts';
import { actOf, type AuditDetail, type AuditedAct } from '../../shared/domain/audit.ts';
import type { SharedObject } from '../../shared/domain/grant.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';
import { changesSharing, type Sharing } from './sharing.ts';

export interface ChangeSharingDependencies {
  readonly sharing: Sharing;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

interface Change extends Owned, Pick<AuditedAct, 'action' | 'object'> {
  readonly shared: SharedObject;
  /** Its name, where its id is another. */
  readonly named?: AuditDetail;
  /** The whole list, which replaces the one before. */
  readonly grants: readonly GrantEntry[];
}

/** Shares an object anew, recorded first where that changes anything. @throws InvalidInput naming entries */
export const changeSharing =
  ({ sharing, audit, clock }: ChangeSharingDependencies) =>
  async ({ shared, ownerId, grants, action, object, named = {} }: Change, caller: Caller): Promise<GrantsView> => {
    const plan = await sharing.plan(shared, ownerId, grants);
    if (changesSharing(plan))
      await audit.record(
        actOf(caller, { action, object, detail: { ...named, ...(await sharing.detail(plan)) } }, clock.now()),
      );
    return sharing.carryOut(plan);
  };

import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { GrantsView } from '../../shared/contract/grants.ts';
import { actOf } from '../../shared/domain/audit.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { sharedCluster } from '../../shared/domain/shared-objects.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import { changesSharing, type Sharing } from '../access/sharing.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';

interface PutClusterGrantsDependencies extends ClusterLookup {
  readonly sharing: Sharing;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

/** Replaces the whole list. @throws NotFound, Forbidden; InvalidInput naming entries */
export const putClusterGrants =
  ({ sharing, audit, clock, ...lookup }: PutClusterGrantsDependencies) =>
  async (input: RouteInput<Routes['putClusterGrants']>, person: Caller): Promise<GrantsView> => {
    const { id, grants } = input;
    const { cluster } = await permittedCluster(lookup, id, person, 'share');
    const plan = await sharing.plan(sharedCluster(cluster), cluster.ownerId, grants);
    if (changesSharing(plan)) {
      const detail = await sharing.detail(plan);
      const object = { kind: 'cluster', id } as const;
      await audit.record(actOf(person, { action: 'cluster.share', object, detail }, clock.now()));
    }
    return sharing.carryOut(plan);
  };

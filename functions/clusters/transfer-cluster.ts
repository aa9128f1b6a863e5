import type { ClusterView } from '../../shared/contract/cluster.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { withoutSession } from '../../shared/domain/cluster-session.ts';
import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { sharedCluster } from '../../shared/domain/shared-objects.ts';
import { requireOwnedBy, transferredCluster } from '../../shared/domain/transfer.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { ResolvePerson } from '../access/resolve-person.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { ClusterSessions } from '../ports/cluster-sessions.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ToClusterView } from './cluster-view.ts';
import { endClusterSession } from './end-cluster-session.ts';

interface TransferClusterDependencies {
  readonly clusters: ClusterRepository;
  readonly grants: Pick<GrantRepository, 'remove'>;
  readonly clusterSessions: Pick<ClusterSessions, 'find' | 'end'>;
  readonly quotas: Pick<QuotaReservations, 'require' | 'reserve' | 'release'>;
  readonly resolve: ResolvePerson;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly toView: ToClusterView;
  readonly clock: Clock;
}

/**
 * Makes a live cluster another person's, counts it in their quotas, and ends the Spark session of the one before. A repetition does what a failure left undone.
 * @throws NotFound; InvalidInput (field `owner`); QuotaExceeded; Conflict once the cluster is ending
 */
export const transferCluster =
  ({ clusters, grants, clusterSessions, quotas, resolve, audit, toView, clock }: TransferClusterDependencies) =>
  async ({ id, owner }: { readonly id: string; readonly owner: string }, person: Caller): Promise<ClusterView> => {
    const cluster = await clusters.get(id);
    const to = await resolve(owner, 'owner');
    transferredCluster(cluster, to, clock.now());
    const reserved = { kind: 'cluster', id, workers: cluster.size } as const;
    const isMoved = cluster.ownerId !== to.id;
    if (isMoved) {
      await quotas.require(to, reserved);
      const detail = { identifier: cluster.identifier, from: cluster.owner, to: to.username };
      const object = { kind: 'cluster', id } as const;
      await audit.record(actOf(person, { action: 'cluster.transfer', object, detail }, clock.now()));
      await quotas.reserve(to, reserved);
    }
    const transferred = await clusters
      .change(id, (current) => {
        requireOwnedBy(current, [cluster.ownerId, to.id]);
        return transferredCluster(current, to, clock.now());
      })
      .catch(async (error: unknown) => {
        // Certainly not theirs. After any other error it may be; the sweep of reservations looks.
        if (isMoved && (error instanceof Conflict || error instanceof NotFound)) await quotas.release(to.id, reserved);
        throw error;
      });
    await grants.remove({ object: sharedCluster(transferred), to: `user:${to.id}` });
    if (isMoved) await quotas.release(cluster.ownerId, reserved);
    const { session } = transferred;
    if (session === undefined || session.ownerId === to.id) return toView(transferred, person, []);
    await endClusterSession(clusterSessions, transferred, session);
    return toView(await clusters.change(id, (current) => withoutSession(current, session.token)), person, []);
  };

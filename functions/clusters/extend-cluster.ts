import type { ClusterView } from '../../shared/contract/cluster.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { lifetimeHold } from '../../shared/domain/budget-account.ts';
import { extendedBy, payerOf } from '../../shared/domain/cluster.ts';
import { extensionMetric } from '../../shared/domain/metrics.ts';
import { StaleWrite } from '../../shared/domain/errors.ts';
import { requireExtensionWithin } from '../../shared/domain/limits.ts';
import { clusterHoursOf } from '../../shared/domain/quota.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { auditedRefusal } from '../access/audited-refusal.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { ChargedOwner } from '../access/charged-owner.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';
import { metrics } from '../runtime/metrics.ts';
import type { ReadQuotaRules } from '../settings/quota-rules.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import type { ToClusterView } from './cluster-view.ts';

interface ExtendClusterDependencies extends ClusterLookup {
  readonly toView: ToClusterView;
  readonly settings: ReadSettings;
  readonly quotaRules: ReadQuotaRules;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly budgets: Pick<BudgetCommitments, 'commit'>;
  readonly chargedOwner: ChargedOwner;
}

/** @throws NotFound, Forbidden; InvalidInput (field `hours`); Conflict unless the cluster is active and not on its way down; QuotaExceeded, BudgetExceeded */
export const extendCluster =
  ({ toView, settings, quotaRules, audit, clock, budgets, chargedOwner, ...lookup }: ExtendClusterDependencies) =>
  async (
    { id, hours: wanted }: { readonly id: string; readonly hours?: number | undefined },
    person: Caller,
  ): Promise<ClusterView> => {
    const { cluster: known, grants } = await permittedCluster(lookup, id, person, 'manage');
    const { limits } = await settings();
    const hours = wanted ?? limits.defaultLifetime;
    requireExtensionWithin(hours, limits);
    const now = clock.now();
    const maxHours = clusterHoursOf(known.ownerId, await quotaRules());
    const planned = extendedBy(known, hours, now, maxHours);
    const { identifier, owner, expiresAt } = planned;
    const object = { kind: 'cluster', id } as const;
    await audit.record(
      actOf(person, { action: 'cluster.extend', object, detail: { identifier, owner, hours, expiresAt } }, now),
    );
    const takeBack = await budgets
      .commit(await chargedOwner(payerOf(known)), lifetimeHold('cluster', planned))
      .catch((error: unknown) =>
        auditedRefusal({ audit, clock })(error, person, { action: 'cluster.refuse-extend', object }),
      );
    try {
      const extended = await lookup.clusters.change(id, (cluster) => {
        // The budget counts it up to the expiry that was planned.
        if (cluster.expiresAt !== known.expiresAt)
          throw new StaleWrite('Another request extended the cluster at the same time. Look at its new expiry first.');
        return extendedBy(cluster, hours, clock.now(), maxHours);
      });
      metrics.record([extensionMetric('cluster', extended)]);
      return toView(extended, person, grants);
    } catch (error) {
      await takeBack();
      throw error;
    }
  };

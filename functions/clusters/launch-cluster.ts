import type { ClusterView } from '../../shared/contract/cluster.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { plannedCluster, type ClusterRequest } from '../../shared/domain/cluster.ts';
import type { ClusterPricing } from '../../shared/domain/cluster-pricing.ts';
import { lifetimeHold } from '../../shared/domain/budget-account.ts';
import { EmrRefusedLaunch, InvalidInput } from '../../shared/domain/errors.ts';
import { freeIdentifier } from '../../shared/domain/identifier.ts';
import { plusHours } from '../../shared/domain/instant.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { clusterHoursOf, requireLifetimeWithin } from '../../shared/domain/quota.ts';
import { isUnlaunched } from '../../shared/domain/workload.ts';
import { auditedRefusal } from '../access/audited-refusal.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { LaunchSlots } from '../ports/launch-slots.ts';
import { launchReserved, reserveLaunch } from '../workloads/launch-reserved.ts';
import type { ReadQuotaRules } from '../settings/quota-rules.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import type { ClusterLifecycle } from './cluster-lifecycle.ts';
import type { ToClusterView } from './cluster-view.ts';
import { checkLaunch, type LaunchRules } from './launch-rules.ts';

interface LaunchClusterDependencies extends LaunchRules {
  readonly clusters: ClusterRepository;
  readonly quotas: Pick<QuotaReservations, 'require' | 'reserve' | 'release'>;
  readonly audit: AuditTrail;
  readonly budgets: Pick<BudgetCommitments, 'commit'>;
  readonly lifecycle: Pick<ClusterLifecycle, 'owning' | 'launch'>;
  readonly toView: ToClusterView;
  readonly launchSlots: LaunchSlots;
  readonly quotaRules: ReadQuotaRules;
  readonly launchPause: Pick<LaunchPause, 'requireAllowed'>;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly clock: Clock;
  readonly pricing: ClusterPricing;
  readonly newId: () => string;
  readonly newRunToken: () => string;
}

/** Without a lifetime, the cluster has the one that the settings preset. */
type LaunchRequest = Omit<ClusterRequest, 'lifetime'> & { readonly lifetime?: number | undefined };

/** Maps EMR's refusals to form fields; most refusals concern the deployment's settings. */
const REFUSED_FIELDS: readonly { readonly field: keyof ClusterRequest; readonly about: RegExp }[] = [
  { field: 'emrRelease', about: /release label|specified applications/i },
  { field: 'size', about: /instance count|number of instances|instance limit|target.?capacity/i },
];

/** EMR's refusal as a field error, if it concerns a choice of the person. */
const refusal = (error: EmrRefusedLaunch): InvalidInput | EmrRefusedLaunch => {
  const refused = REFUSED_FIELDS.find(({ about }) => about.test(error.message));
  return refused === undefined ? error : InvalidInput.field(refused.field, `EMR rejected this value: ${error.message}`);
};

/** More than any quota allows one person. */
const MOST_ACTIVE = 100;

/**
 * Launches at most one EMR cluster, even after a failure: the claim is written first, and only one call follows. A cluster
 * whose launch slot is not near stays waiting, and the upkeep launches it.
 * @throws InvalidInput naming each refused field; LaunchesPaused; QuotaExceeded; BudgetExceeded; EmrRefusedLaunch; AwsFailed if nothing was launched
 */
export const launchCluster =
  ({ clusters, quotas, budgets, lifecycle: { owning, launch }, toView, ...deps }: LaunchClusterDependencies) =>
  async (wanted: LaunchRequest, person: Caller): Promise<ClusterView> => {
    const settings = await deps.settings();
    const request = { ...wanted, lifetime: wanted.lifetime ?? settings.limits.defaultLifetime };
    await checkLaunch(deps)(request, person, settings.limits);
    requireLifetimeWithin(0, request.lifetime, clusterHoursOf(person.id, await deps.quotaRules()));
    await deps.launchPause.requireAllowed();
    const active = await clusters.list('active', person.id, { limit: MOST_ACTIVE });
    const taken = new Set(active.items.map(({ identifier }) => identifier));
    const named = { ...request, identifier: freeIdentifier(request.identifier, taken) };
    const id = deps.newId();
    const reserved = { kind: 'cluster', id, workers: request.size } as const;
    await quotas.require(person, reserved);
    const terms = deps.pricing.terms(settings, request.size);
    const object = { kind: 'cluster', id } as const;
    await deps.audit.record(
      actOf(person, { action: 'cluster.launch', object, detail: { ...named } }, deps.clock.now()),
    );
    const hold = lifetimeHold('cluster', {
      id,
      createdAt: deps.clock.now(),
      expiresAt: plusHours(deps.clock.now(), request.lifetime),
      workload: { startedAt: null, rate: terms.rate },
    });
    const takeBack = await reserveLaunch({ quotas, budgets }, person, reserved, hold).catch((error: unknown) =>
      auditedRefusal(deps)(error, person, { action: 'cluster.refuse-launch', object }),
    );
    const launchDueAt = await deps.launchSlots.take('cluster');
    const claimed = plannedCluster(named, {
      id,
      person,
      now: deps.clock.now(),
      runToken: deps.newRunToken(),
      terms,
      launchDueAt,
    });
    await clusters.claimLaunch(claimed);
    if (isUnlaunched(claimed.workload)) return toView(claimed, person, []);
    const wait = Date.parse(launchDueAt) - Date.parse(deps.clock.now());
    if (wait > 0) await deps.pause(wait);
    try {
      return toView(await launchReserved({ repository: clusters, owning, launch }, claimed, takeBack), person, []);
    } catch (error) {
      throw error instanceof EmrRefusedLaunch ? refusal(error) : error;
    }
  };

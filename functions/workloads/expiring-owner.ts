import type { AuditDetail } from '../../shared/domain/audit.ts';
import { billedDollars } from '../../shared/domain/budget-account.ts';
import { withWorkload, type Expiring } from '../../shared/domain/expiring.ts';
import type { Metric } from '../../shared/domain/metrics.ts';
import { isEnded } from '../../shared/domain/workload.ts';
import { awaitsDollars } from '../../shared/domain/workload-cost.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { ExpiringRepository } from '../ports/expiring-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { metrics } from '../runtime/metrics.ts';
import type { WorkloadOwner } from './workload-owner.ts';

interface ExpiringOwnerDependencies<Holder> {
  readonly kind: 'cluster' | 'session';
  readonly repository: Pick<ExpiringRepository<Holder & Expiring, string>, 'change'>;
  /** Its name, by what the kind calls it. */
  readonly namedOf: (holder: Holder) => AuditDetail;
  /** The id of the person in whose budgets it counts. */
  readonly payerIdOf: (holder: Holder) => string;
  readonly metricsOf: (before: Holder, after: Holder) => readonly Metric[];
  readonly quotas: Pick<QuotaReservations, 'release'>;
  readonly budgets: Pick<BudgetCommitments, 'settle'>;
  readonly clock: Clock;
}

/**
 * A cluster or session as the owner of its workload. Its end releases what was reserved of the person's quotas, and counts in
 * their budgets what was billed; where EMR tells the dollars later, the sweep settles them.
 */
export const expiringOwner = <Holder extends Expiring>({
  kind,
  repository,
  namedOf,
  payerIdOf,
  metricsOf,
  quotas,
  budgets,
  clock,
}: ExpiringOwnerDependencies<Holder>) => {
  const owning = (holder: Holder): WorkloadOwner<Holder> => ({
    holder,
    workload: holder.workload,
    evidence: { [`${kind}Id`]: holder.id },
    audited: { kind, id: holder.id },
    named: namedOf(holder),
    change: async (transition) => {
      let before = holder;
      const changed = await repository.change(holder.id, (current) => {
        before = current;
        return withWorkload(current, (workload) => transition(workload, current), clock.now());
      });
      metrics.record(metricsOf(before, changed));
      if (isEnded(changed.workload)) {
        const ended = { kind, id: changed.id } as const;
        await quotas.release(changed.ownerId, ended);
        if (!awaitsDollars(changed.workload, clock.now()))
          await budgets.settle(payerIdOf(changed), ended, billedDollars(changed.workload));
      }
      return owning(changed);
    },
  });
  return owning;
};

import { actOf, type AuditedAct } from '../../shared/domain/audit.ts';
import { BudgetExceeded, QuotaExceeded } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';

interface AuditedRefusalDependencies {
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

/**
 * Follows an entry whose act a budget or a quota then refused by one that says so. What is reserved is known only by reserving it, after
 * the entry was written.
 * @throws the error, in any case
 */
export const auditedRefusal =
  ({ audit, clock }: AuditedRefusalDependencies) =>
  async (error: unknown, person: Caller, { action, object }: Omit<AuditedAct, 'detail'>): Promise<never> => {
    if (error instanceof BudgetExceeded || error instanceof QuotaExceeded)
      await audit.record(actOf(person, { action, object, detail: { reason: error.message } }, clock.now()));
    throw error;
  };

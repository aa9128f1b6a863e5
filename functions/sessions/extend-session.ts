import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { SessionView } from '../../shared/contract/routes/sessions.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { lifetimeHold } from '../../shared/domain/budget-account.ts';
import { StaleWrite } from '../../shared/domain/errors.ts';
import { requireExtensionWithin } from '../../shared/domain/limits.ts';
import { extensionMetric } from '../../shared/domain/metrics.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { extendedSession, sessionLimits } from '../../shared/domain/session.ts';
import { auditedRefusal } from '../access/audited-refusal.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { ChargedOwner } from '../access/charged-owner.ts';
import { permittedSession, type SessionLookup } from '../access/permitted-session.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';
import { metrics } from '../runtime/metrics.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import { sessionToView } from './session-view.ts';

interface ExtendSessionDependencies extends SessionLookup {
  readonly settings: ReadSettings;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly budgets: Pick<BudgetCommitments, 'commit'>;
  readonly chargedOwner: ChargedOwner;
}

/**
 * @throws NotFound, Forbidden; InvalidInput (field `hours`); Conflict unless the session is active, and beyond the hours that EMR
 *   gives it; BudgetExceeded
 */
export const extendSession =
  ({ settings, audit, clock, budgets, chargedOwner, ...lookup }: ExtendSessionDependencies) =>
  async ({ id, hours: wanted }: RouteInput<Routes['extendSession']>, person: Caller): Promise<SessionView> => {
    const { session: known, grants } = await permittedSession(lookup, id, person, 'manage');
    const limits = sessionLimits((await settings()).limits);
    const hours = wanted ?? limits.defaultLifetime;
    requireExtensionWithin(hours, limits);
    const now = clock.now();
    const planned = extendedSession(known, hours, now);
    const { name, owner, expiresAt } = planned;
    const object = { kind: 'session', id } as const;
    await audit.record(
      actOf(person, { action: 'session.extend', object, detail: { name, owner, hours, expiresAt } }, now),
    );
    const takeBack = await budgets
      .commit(await chargedOwner(known), lifetimeHold('session', planned))
      .catch((error: unknown) =>
        auditedRefusal({ audit, clock })(error, person, { action: 'session.refuse-extend', object }),
      );
    try {
      const extended = await lookup.sessions.change(id, (session) => {
        // The budget counts it up to the expiry that was planned.
        if (session.expiresAt !== known.expiresAt)
          throw new StaleWrite('Another request extended the session at the same time. Look at its new expiry first.');
        return extendedSession(session, hours, clock.now());
      });
      metrics.record([extensionMetric('session', { ...extended, identifier: name })]);
      return sessionToView(extended, person, grants);
    } catch (error) {
      await takeBack();
      throw error;
    }
  };

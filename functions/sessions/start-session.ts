import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { lifetimeHold } from '../../shared/domain/budget-account.ts';
import type { RunPricing } from '../../shared/domain/cluster-pricing.ts';
import { freeIdentifier } from '../../shared/domain/identifier.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { plannedSession, sessionLimits } from '../../shared/domain/session.ts';
import { auditedRefusal } from '../access/audited-refusal.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import { launchReserved, reserveLaunch } from '../workloads/launch-reserved.ts';
import type { SessionLifecycle } from './session-lifecycle.ts';
import { requireSessions } from './session-offer.ts';
import { checkSession } from './session-rules.ts';
import { sessionToView } from './session-view.ts';

type Route = Routes['startSession'];

interface StartSessionDependencies {
  readonly hasServerless: boolean;
  readonly sessions: SessionRepository;
  readonly releases: EmrReleases;
  readonly settings: ReadSettings;
  readonly quotas: Pick<QuotaReservations, 'require' | 'reserve' | 'release'>;
  readonly budgets: Pick<BudgetCommitments, 'commit'>;
  readonly audit: AuditTrail;
  readonly lifecycle: Pick<SessionLifecycle, 'owning' | 'launch'>;
  readonly launchPause: Pick<LaunchPause, 'requireAllowed'>;
  readonly pricing: RunPricing;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly newRunToken: () => string;
}

/** More than any quota allows one person. */
const MOST_ACTIVE = 100;

/**
 * Starts at most one session: the claim is written first, and StartSession takes its run token as client token.
 * @throws NotOffered; InvalidInput naming each refused field; LaunchesPaused; QuotaExceeded; BudgetExceeded; EmrRefusedLaunch;
 *   AwsFailed if nothing was started
 */
export const startSession =
  ({ hasServerless, sessions, quotas, budgets, lifecycle, audit, clock, pricing, ...deps }: StartSessionDependencies) =>
  async (wanted: RouteInput<Route>, person: Caller): Promise<RouteOutput<Route>> => {
    requireSessions(hasServerless);
    const settings = await deps.settings();
    const lifetime = wanted.lifetime ?? sessionLimits(settings.limits).defaultLifetime;
    const release = await checkSession(deps)({ ...wanted, lifetime }, person, settings.limits);
    await deps.launchPause.requireAllowed();
    const active = await sessions.list('active', person.id, { limit: MOST_ACTIVE });
    const name = freeIdentifier(wanted.name, new Set(active.items.map((session) => session.name)));
    const request = { ...wanted, lifetime, name };
    const id = deps.newId();
    const object = { kind: 'session', id } as const;
    await quotas.require(person, object);
    const planned = plannedSession(request, {
      id,
      person,
      now: clock.now(),
      runToken: deps.newRunToken(),
      terms: pricing.terms(settings, { engine: 'serverless', size: request.size }),
      release,
    });
    await audit.record(actOf(person, { action: 'session.launch', object, detail: { ...request } }, clock.now()));
    const takeBack = await reserveLaunch({ quotas, budgets }, person, object, lifetimeHold('session', planned)).catch(
      (error: unknown) => auditedRefusal({ audit, clock })(error, person, { action: 'session.refuse-launch', object }),
    );
    await sessions.claimLaunch(planned);
    return sessionToView(await launchReserved({ ...lifecycle, repository: sessions }, planned, takeBack), person, []);
  };

import { sessionMetrics } from '../../shared/domain/metrics.ts';
import type { Session } from '../../shared/domain/session.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { Engines, SessionLaunch } from '../ports/emr-engine.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import { expiringLifecycle } from '../workloads/expiring-lifecycle.ts';
import { expiringOwner } from '../workloads/expiring-owner.ts';
import { retryWhileThrottled, type RetryTiming } from '../workloads/retry-while-throttled.ts';

interface SessionLifecycleDependencies {
  readonly sessions: SessionRepository;
  readonly quotas: Pick<QuotaReservations, 'release'>;
  readonly budgets: Pick<BudgetCommitments, 'settle'>;
  readonly engines: Engines;
  readonly launches: { readonly connect: SessionLaunch };
  readonly acts: OwnActs;
  readonly launchPause: LaunchPause;
  readonly clock: Clock;
  readonly retryTiming: RetryTiming;
  readonly newRunToken: () => string;
}

/** The lifecycle of sessions, shared by all functions that change them. */
export const sessionLifecycle = (deps: SessionLifecycleDependencies) => {
  const { sessions, launches, retryTiming } = deps;
  return expiringLifecycle<Session>({
    ...deps,
    kind: 'session',
    repository: sessions,
    owning: expiringOwner({
      ...deps,
      kind: 'session',
      repository: sessions,
      namedOf: ({ name }) => ({ name }),
      payerIdOf: ({ ownerId }) => ownerId,
      metricsOf: sessionMetrics,
    }),
    ask: (session) => retryWhileThrottled(() => launches.connect(session), retryTiming),
  });
};

export type SessionLifecycle = ReturnType<typeof sessionLifecycle>;

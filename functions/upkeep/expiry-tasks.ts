import { withExpiryMail } from '../../shared/domain/cluster.ts';
import { withSessionExpiryMail } from '../../shared/domain/session.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { ClusterLifecycle } from '../clusters/cluster-lifecycle.ts';
import type { MailDeliveries } from '../mail/mail-deliveries.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { SessionLifecycle } from '../sessions/session-lifecycle.ts';
import { announceExpiries } from './announce-expiries.ts';
import { terminateExpired } from './terminate-expired.ts';

interface ExpiryTasksDependencies {
  readonly clusters: ClusterRepository;
  readonly sessions: SessionRepository;
  readonly ofClusters: Pick<ClusterLifecycle, 'owning'>;
  readonly ofSessions: Pick<SessionLifecycle, 'owning'>;
  readonly deliveries: Pick<MailDeliveries, 'ofCluster' | 'ofSession'>;
  readonly engines: Engines;
  readonly acts: OwnActs;
  readonly clock: Clock;
}

/** What the clock does to the two kinds of workloads that expire. */
export const expiryTasks = ({
  clusters,
  sessions,
  ofClusters,
  ofSessions,
  deliveries,
  engines,
  acts,
  clock,
}: ExpiryTasksDependencies) => ({
  terminateClusters: terminateExpired({
    kind: 'cluster',
    repository: clusters,
    owning: ofClusters.owning,
    engines,
    acts,
    clock,
  }),
  terminateSessions: terminateExpired({
    kind: 'session',
    repository: sessions,
    owning: ofSessions.owning,
    engines,
    acts,
    clock,
  }),
  announceClusters: announceExpiries({
    kind: 'cluster',
    repository: clusters,
    withMail: withExpiryMail,
    deliverMails: deliveries.ofCluster,
    clock,
  }),
  announceSessions: announceExpiries({
    kind: 'session',
    repository: sessions,
    withMail: withSessionExpiryMail,
    deliverMails: deliveries.ofSession,
    clock,
  }),
});

import { withExpiryMail, type Cluster } from '../../shared/domain/cluster.ts';
import { EXPIRY_NOTICE_HOURS } from '../../shared/domain/expiring.ts';
import { plusHours, plusMinutes } from '../../shared/domain/instant.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface AnnounceExpiriesDependencies {
  readonly clusters: ClusterRepository;
  /** Sends the mails in the cluster's outbox; what fails stays there. */
  readonly deliverMails: (cluster: Cluster) => Promise<unknown>;
  readonly clock: Clock;
}

/** Mails the owners of clusters that expire within an hour, once for each expiry. After an extension the mail is sent again. */
export const announceExpiries =
  ({ clusters, deliverMails, clock }: AnnounceExpiriesDependencies): Task =>
  async () => {
    // One that expires in exactly an hour is expiring soon; the index gives what expires before a moment.
    const horizon = plusMinutes(plusHours(clock.now(), EXPIRY_NOTICE_HOURS), 1);
    const expiring = await clusters.activeExpiringBefore(horizon);
    return sweep({
      what: 'announce that a cluster expires',
      items: expiring.filter((cluster) => withExpiryMail(cluster, clock.now()) !== cluster),
      evidence: ({ id }) => ({ clusterId: id }),
      act: async (cluster) => {
        const announced = await clusters.change(cluster.id, (current) => withExpiryMail(current, clock.now()));
        if (announced.outbox.length > 0) await deliverMails(announced);
      },
    });
  };

import type { BudgetNotice } from '../../shared/domain/budget-notice.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import type { OutboxMail } from '../../shared/domain/mail.ts';
import type { PersonRecord } from '../../shared/domain/person.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { BudgetNotices } from '../ports/budget-notices.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { inTurn, sweep, type Task } from '../runtime/sweep.ts';

/** A mail could not be sent for several sweeps. */
export class MailOverdue extends Error {
  override readonly name = 'MailOverdue';
}

interface SendOutboxesDependencies {
  readonly clusters: ClusterRepository;
  readonly jobs: SparkJobRepository;
  readonly notices: Pick<BudgetNotices, 'withUnsentMail' | 'change'>;
  readonly people: Pick<PersonRepository, 'withUnsentMail' | 'get'>;
  /** Sends the mails in the item's outbox; what fails is logged and stays there. */
  readonly deliverClusterMails: (cluster: Cluster) => Promise<unknown>;
  readonly deliverJobMails: (job: SparkJob) => Promise<unknown>;
  readonly deliverPersonMails: (person: PersonRecord) => Promise<unknown>;
  readonly deliverNoticeMails: (notice: BudgetNotice) => Promise<unknown>;
  readonly clock: Clock;
}

/** One failed attempt is normal; this long without success is not. */
const OVERDUE_MINUTES = 10;

/**
 * Sends the mails that were not sent at once: after a crash, or because SES did not take them.
 * @throws SweepFailed if mails are overdue
 */
export const sendOutboxes = ({
  clusters,
  jobs,
  notices,
  people,
  deliverClusterMails,
  deliverJobMails,
  deliverPersonMails,
  deliverNoticeMails,
  clock,
}: SendOutboxesDependencies): Task => {
  /** A mail that this sweep did not try fails nothing, so that one that SES refuses for good does not hide other failures. */
  const requireSent = ({ outbox }: { readonly outbox: readonly OutboxMail[] }, begun: Instant): void => {
    const overdue = outbox.filter(
      ({ since, attempt }) =>
        plusMinutes(since, OVERDUE_MINUTES) < clock.now() && attempt !== undefined && attempt.at >= begun,
    );
    if (overdue.length > 0) throw new MailOverdue(`Not sent since ${overdue.map(({ since }) => since).join(', ')}.`);
  };
  return inTurn({
    clusters: async () =>
      sweep({
        what: 'send the mails of a cluster',
        items: await clusters.withUnsentMail(),
        evidence: ({ id }) => ({ clusterId: id }),
        act: async (cluster) => {
          const begun = clock.now();
          await deliverClusterMails(cluster);
          requireSent(await clusters.get(cluster.id), begun);
        },
      }),
    jobs: async () =>
      sweep({
        what: 'send the mails of a job',
        items: await jobs.withUnsentMail(),
        evidence: ({ identifier }) => ({ job: identifier }),
        act: async (job) => {
          const begun = clock.now();
          await deliverJobMails(job);
          requireSent(await jobs.get(job.identifier), begun);
        },
      }),
    people: async () =>
      sweep({
        what: 'send the mails about a person',
        items: await people.withUnsentMail(),
        evidence: ({ id }) => ({ personId: id }),
        act: async (person) => {
          const begun = clock.now();
          await deliverPersonMails(person);
          requireSent(await people.get(person.id), begun);
        },
      }),
    budgets: async () =>
      sweep({
        what: 'send the mail of a budget',
        items: await notices.withUnsentMail(),
        evidence: ({ account, month, level }) => ({ account, month, level }),
        act: async (notice) => {
          const begun = clock.now();
          await deliverNoticeMails(notice);
          requireSent(await notices.change(notice, (same) => same), begun);
        },
      }),
  });
};

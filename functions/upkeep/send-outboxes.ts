import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import type { BudgetNotices } from '../ports/budget-notices.ts';
import type { HasOutbox } from '../mail/deliver-outbox.ts';
import type { MailDeliveries } from '../mail/mail-deliveries.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { MailRecords } from '../ports/mail-records.ts';
import type { Outboxes } from '../ports/outboxes.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { inTurn, sweep, type Task } from '../runtime/sweep.ts';

/** A mail could not be sent for several sweeps. */
export class MailOverdue extends Error {
  override readonly name = 'MailOverdue';
}

interface SendOutboxesDependencies {
  readonly outboxes: Outboxes;
  readonly clusters: Pick<ClusterRepository, 'withUnsentMail' | 'get'>;
  readonly sessions: Pick<SessionRepository, 'withUnsentMail' | 'get'>;
  readonly jobs: Pick<SparkJobRepository, 'withUnsentMail' | 'get'>;
  readonly people: Pick<PersonRepository, 'withUnsentMail' | 'get'>;
  readonly notices: Pick<BudgetNotices, 'withUnsentMail' | 'change'>;
  readonly mails: Pick<MailRecords, 'withUnsentMail' | 'get'>;
  readonly deliveries: MailDeliveries;
  readonly clock: Clock;
}

/** Names the item in the log by its mails. */
const evidenceOf = ({ outbox }: HasOutbox) => ({ mails: outbox.map(({ id }) => id).join(', ') });

/** One failed attempt is normal; this long without success is not. */
const OVERDUE_MINUTES = 10;

/**
 * Sends the mails that were not sent at once, after a crash or because SES did not take them, and those that admins asked to send
 * again.
 * @throws SweepFailed if mails are overdue
 */
export const sendOutboxes = ({
  outboxes,
  clusters,
  sessions,
  jobs,
  people,
  notices,
  mails,
  clock,
  deliveries,
}: SendOutboxesDependencies): Task => {
  /** A mail that this sweep did not try fails nothing, so that one that SES refuses each time does not hide other failures. */
  const requireSent = ({ outbox }: Pick<HasOutbox, 'outbox'>, begun: Instant): void => {
    const overdue = outbox.filter(
      ({ since, attempt }) =>
        plusMinutes(since, OVERDUE_MINUTES) < clock.now() && attempt !== undefined && attempt.at >= begun,
    );
    if (overdue.length > 0) throw new MailOverdue(`Not sent since ${overdue.map(({ since }) => since).join(', ')}.`);
  };

  const sending = <Item extends HasOutbox>(
    what: string,
    withUnsentMail: () => Promise<readonly Item[]>,
    send: (item: Item) => Promise<unknown>,
    again: (item: Item) => Promise<HasOutbox>,
  ): Task => {
    const act = async (item: Item): Promise<void> => {
      const begun = clock.now();
      await send(item);
      requireSent(await again(item), begun);
    };
    return async () => sweep({ what: `send ${what}`, items: await withUnsentMail(), evidence: evidenceOf, act });
  };

  const send = inTurn({
    clusters: sending('the mails of a cluster', clusters.withUnsentMail, deliveries.ofCluster, ({ id }) =>
      clusters.get(id),
    ),
    sessions: sending('the mails of a session', sessions.withUnsentMail, deliveries.ofSession, ({ id }) =>
      sessions.get(id),
    ),
    jobs: sending('the mails of a job', jobs.withUnsentMail, deliveries.ofJob, ({ identifier }) =>
      jobs.get(identifier),
    ),
    people: sending('the mails about a person', people.withUnsentMail, deliveries.ofPerson, ({ id }) => people.get(id)),
    budgets: sending('the mail of a budget', notices.withUnsentMail, deliveries.ofNotice, (notice) =>
      notices.change(notice, (same) => same),
    ),
    mails: sending('a mail again', mails.withUnsentMail, deliveries.ofRecord, ({ id }) => mails.get(id)),
  });
  // Nearly always there is nothing to send.
  return async () => ((await outboxes.areEmpty()) ? 0 : send());
};

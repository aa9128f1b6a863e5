import { EXPIRY_NOTICE_HOURS, type Expiring } from '../../shared/domain/expiring.ts';
import { plusHours, plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import type { ExpiringRepository } from '../ports/expiring-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface AnnounceExpiriesDependencies<Holder extends Expiring> {
  readonly kind: 'cluster' | 'session';
  readonly repository: Pick<ExpiringRepository<Holder, string>, 'activeExpiringBefore' | 'change'>;
  readonly withMail: (holder: Holder, now: Instant) => Holder;
  /** Sends the mails in the item's outbox; what fails stays there. */
  readonly deliverMails: (holder: Holder) => Promise<unknown>;
  readonly clock: Clock;
}

/** Mails the owners of what expires within an hour, once for each expiry. After an extension the mail is sent again. */
export const announceExpiries =
  <Holder extends Expiring>({
    kind,
    repository,
    withMail,
    deliverMails,
    clock,
  }: AnnounceExpiriesDependencies<Holder>): Task =>
  async () => {
    // One that expires in exactly an hour is expiring soon; the index gives what expires before a moment.
    const horizon = plusMinutes(plusHours(clock.now(), EXPIRY_NOTICE_HOURS), 1);
    const expiring = await repository.activeExpiringBefore(horizon);
    return sweep({
      what: `announce that a ${kind} expires`,
      items: expiring.filter((holder) => withMail(holder, clock.now()) !== holder),
      evidence: ({ id }) => ({ [`${kind}Id`]: id }),
      act: async (holder) => {
        const announced = await repository.change(holder.id, (current) => withMail(current, clock.now()));
        if (announced.outbox.length > 0) await deliverMails(announced);
      },
    });
  };

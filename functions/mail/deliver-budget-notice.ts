import type { BudgetNotice } from '../../shared/domain/budget-notice.ts';
import { adminsAmong } from '../../shared/domain/leavers.ts';
import type { OutboxMail } from '../../shared/domain/mail.ts';
import type { BudgetNotices } from '../ports/budget-notices.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { DeliverOutbox } from './deliver-outbox.ts';
import { recordsOf } from './mail-record-id.ts';

interface DeliverBudgetNoticeDependencies {
  readonly notices: Pick<BudgetNotices, 'change'>;
  readonly people: Pick<PersonRepository, 'all'>;
  readonly deliver: DeliverOutbox;
}

const lacksAddress = ({ outbox }: BudgetNotice): boolean => outbox.some(({ to }) => to === '');

const addressedTo = (mail: OutboxMail, to: string): OutboxMail => ({ ...mail, id: `${mail.id}-${to}`, to });

/** Sends the mail of a notice: to the person; of a sum, to each admin. Without an admin the notice leaves the outbox unsent. */
export const deliverBudgetNotice = ({ notices, people, deliver }: DeliverBudgetNoticeDependencies) => {
  const toAdmins = async (notice: BudgetNotice): Promise<BudgetNotice> => {
    const admins = adminsAmong(await people.all());
    return notices.change(notice, (known) =>
      lacksAddress(known)
        ? {
            ...known,
            outbox: known.outbox.flatMap((mail) => admins.map(({ email }) => addressedTo(mail, email))),
          }
        : known,
    );
  };

  return async (notice: BudgetNotice): Promise<void> => {
    const addressed = lacksAddress(notice) ? await toAdmins(notice) : notice;
    await deliver(addressed, (change) => notices.change(notice, change), recordsOf('budgets'));
  };
};

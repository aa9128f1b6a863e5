import { describe, expect, it } from 'vitest';

import { deliverBudgetNotice } from '../../../functions/mail/deliver-budget-notice.ts';
import { deliverOutbox } from '../../../functions/mail/deliver-outbox.ts';
import { renderMail } from '../../../functions/mail/render-mail.ts';
import type { Mail } from '../../../functions/ports/mail-sender.ts';
import { NO_BUDGETS, type BudgetAccountId } from '../../../shared/domain/budget.ts';
import { ADMINS, noticeFor } from '../../../shared/domain/budget-notice.ts';
import { ADMIN, ALICE, at } from '../../fakes/cluster.ts';
import { fakeBudgetNotices } from '../../fakes/fake-budget-notices.ts';
import { fakeMailRecords } from '../../fakes/fake-mail-records.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { testClock } from '../../fakes/test-clock.ts';

const rig = async (account: BudgetAccountId, ...admins: (typeof ADMIN)[]) => {
  const clock = testClock(at('06:00:00'));
  const { notices } = fakeBudgetNotices();
  const people = fakePersonRepository();
  for (const person of [ALICE, ...admins]) await people.seen(person, at('05:00:00'));
  const sent: Mail[] = [];
  const mailSender = { sends: true, send: async (mail: Mail) => void sent.push(mail) };
  const render = renderMail({ environment: 'test', publicUrl: 'https://atmo.example.com', mailCopyTo: '' });
  let ids = 0;
  const deliver = deliverOutbox({
    mailSender,
    render,
    records: fakeMailRecords(),
    clock,
    newAttemptId: () => `a${(ids += 1)}`,
  });
  const send = deliverBudgetNotice({ notices, people, deliver });
  const limits = { ...NO_BUDGETS, everyone: 100, eachPerson: 100 };
  const to = account === 'everyone' ? ADMINS : ALICE;
  const used = { id: account, used: { '2026-11': 85 }, holds: [] };
  const notice = noticeFor(limits, used, { to, isRefused: false, now: clock.now() });
  if (notice === null) throw new Error('Nothing to tell');
  await notices.add(notice);
  const unsent = () => notices.withUnsentMail();
  for (const one of await unsent()) await send(one);
  return { sent, unsent };
};

describe('the mail of a budget', () => {
  it('goes to the person, of their own', async () => {
    const { sent, unsent } = await rig('person#sub-alice', ADMIN);
    expect(sent.map(({ to, subject }) => [to, subject])).toEqual([
      ['alice@example.com', '[ATMO test] The budget of alice for 2026-11 is at 85 %'],
    ]);
    expect(await unsent()).toEqual([]);
  });

  it('goes to each admin, of a sum', async () => {
    const second = { ...ADMIN, id: 'sub-root', username: 'root', email: 'root@example.com' };
    const { sent, unsent } = await rig('everyone', ADMIN, second);
    expect(sent.map(({ to }) => to)).toEqual(['admin@example.com', 'root@example.com']);
    expect(await unsent()).toEqual([]);
  });

  it('of a sum is dropped where nobody is an admin', async () => {
    const { sent, unsent } = await rig('everyone');
    expect(sent).toEqual([]);
    expect(await unsent()).toEqual([]);
  });
});

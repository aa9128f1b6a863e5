import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { deliverOutbox, type ChangeItem, type HasOutbox } from '../../../functions/mail/deliver-outbox.ts';
import { recordsOf } from '../../../functions/mail/mail-record-id.ts';
import { renderMail } from '../../../functions/mail/render-mail.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import { AwsFailed, MailRefused, StaleWrite } from '../../../shared/domain/errors.ts';
import { plusMinutes } from '../../../shared/domain/instant.ts';
import { MAX_MAIL_ATTEMPTS, withMail, type OutboxMail } from '../../../shared/domain/mail.ts';
import { bounced, mailStateOf } from '../../../shared/domain/mail-record.ts';
import { fakeMailRecords } from '../../fakes/fake-mail-records.ts';
import { fakeMailSender } from '../../fakes/fake-mail-sender.ts';
import { expiredMail } from '../../fakes/mail.ts';

const START = '2026-11-23T06:00:00.000Z';
const mail = (id: string): OutboxMail => expiredMail(id, START);

const setUp = (...mails: readonly OutboxMail[]) => {
  let item: HasOutbox = { outbox: mails };
  let now = START;
  let attempts = 0;
  const mailSender = fakeMailSender();
  const records = fakeMailRecords();
  const change = vi.fn<ChangeItem<HasOutbox>>(async (apply) => (item = apply(item)));
  const deliver = deliverOutbox({
    mailSender,
    render: renderMail({ environment: 'prod', publicUrl: 'https://atmo.example.com', mailCopyTo: '' }),
    records,
    clock: { now: () => now },
    newAttemptId: () => `attempt-${(attempts += 1)}`,
  });
  return {
    mailSender,
    records,
    record: () => records.all()[0],
    change,
    deliver: () => deliver(item, change, recordsOf('job-1')),
    deliverStale: (stale: HasOutbox) => deliver(stale, change, recordsOf('job-1')),
    left: () => item.outbox.map(({ id }) => id),
    wait: (minutes: number) => (now = plusMinutes(now, minutes)),
  };
};

beforeEach(() => {
  vi.spyOn(logger, 'error').mockReturnValue(undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('delivering the mails of an outbox', () => {
  it('sends each once and leaves nothing', async () => {
    const { deliver, mailSender, left } = setUp(mail('a'), mail('b'));
    await deliver();
    await deliver();
    expect(mailSender.sent.map(({ subject }) => subject)).toEqual([
      '[ATMO] Spark job a has expired',
      '[ATMO] Spark job b has expired',
    ]);
    expect(left()).toEqual([]);
  });

  it('sends none twice when an event and a sweep meet', async () => {
    const { deliver, mailSender, left } = setUp(mail('a'));
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(mailSender.sent).toHaveLength(1);
    expect(left()).toEqual([]);
  });

  it('does not send what somebody else has sent since the item was read', async () => {
    const { deliver, deliverStale, mailSender, change } = setUp(mail('a'));
    await deliver();
    change.mockClear();
    await deliverStale({ outbox: [mail('a')] });
    expect(mailSender.sent).toHaveLength(1);
  });

  it('keeps owing what SES did not take, sends the others, and tries again later', async () => {
    const { deliver, mailSender, left, wait } = setUp(mail('a'), mail('b'));
    mailSender.failNext(new AwsFailed('SES failed'));
    await deliver();
    expect(left()).toEqual(['a']);
    expect(logger.error).toHaveBeenCalledOnce();
    await deliver();
    expect(mailSender.sent).toHaveLength(1);
    wait(2);
    await deliver();
    expect(mailSender.sent.map(({ subject }) => subject)).toEqual([
      '[ATMO] Spark job b has expired',
      '[ATMO] Spark job a has expired',
    ]);
    expect(left()).toEqual([]);
  });

  it('asks SES ever more rarely, once an hour in the end, and gives up after a day with a record that says so', async () => {
    const { deliver, mailSender, record, left, wait } = setUp(mail('a'));
    const pauses: number[] = [];
    for (let minutes = 0, last = 0; minutes < 48 * 60; minutes += 1) {
      if (left().length > 0) mailSender.failNext(new AwsFailed('SES failed'));
      const before = record()?.attempts ?? 0;
      await deliver();
      if ((record()?.attempts ?? 0) > before) {
        pauses.push(minutes - last);
        last = minutes;
      }
      wait(1);
    }
    expect(pauses.slice(0, 8)).toEqual([0, 2, 4, 8, 16, 32, 60, 60]);
    expect(pauses).toHaveLength(MAX_MAIL_ATTEMPTS);
    expect(pauses.reduce((sum, pause) => sum + pause, 0) / 60).toBeCloseTo(24, -1);
    expect(left()).toEqual([]);
    expect(mailSender.sent).toEqual([]);
    expect(record()).toMatchObject({ sentAt: null, attempts: MAX_MAIL_ATTEMPTS, lastError: 'SES failed' });
  });

  it('gives up at once what SES refuses for good', async () => {
    const { deliver, mailSender, record, left, wait } = setUp(mail('a'));
    mailSender.failNext(new MailRefused('Email address is not verified.'));
    await deliver();
    wait(60);
    await deliver();
    expect(left()).toEqual([]);
    expect(mailSender.sent).toEqual([]);
    expect(record()).toMatchObject({ attempts: 1, failedAt: START, lastError: 'Email address is not verified.' });
  });

  it('leaves a record of what waits and of what was sent', async () => {
    const { deliver, mailSender, record, wait } = setUp(mail('a'));
    mailSender.failNext(new AwsFailed('SES failed'));
    await deliver();
    expect(record()).toMatchObject({ createdAt: START, sentAt: null, attempts: 1, lastError: 'SES failed' });
    wait(2);
    await deliver();
    const at = plusMinutes(START, 2);
    expect(record()).toMatchObject({ sentAt: at, lastAttemptAt: at, attempts: 2, lastError: null, failedAt: null });
  });

  it('keeps that a mail bounced where the event comes before the record', async () => {
    const { deliver, mailSender, record, records } = setUp(mail('a'));
    const { send } = mailSender;
    mailSender.send = async (...mails) => {
      await send(...mails);
      const bounce = { mailedAt: START, reason: 'Bounced', at: START };
      await records.change(record()?.id ?? '', (known) => bounced(known, bounce));
    };
    await deliver();
    const known = record();
    expect(known).toMatchObject({ sentAt: START, failedAt: START, lastError: 'Bounced' });
    expect(known && mailStateOf(known)).toBe('failed');
  });

  it('repeats a mail rather than lose it when it dies between SES and the record', async () => {
    const { deliver, mailSender, records, left, wait } = setUp(mail('a'));
    const crash = vi.spyOn(records, 'change').mockRejectedValueOnce(new StaleWrite('crash'));
    await deliver();
    expect(mailSender.sent).toHaveLength(1);
    expect(left()).toEqual(['a']);
    crash.mockRestore();
    wait(2);
    await deliver();
    expect(mailSender.sent).toHaveLength(2);
    expect(left()).toEqual([]);
  });

  it('does not repeat a mail when it dies between the record and the item', async () => {
    const { deliver, mailSender, change, record, left, wait } = setUp(mail('a'));
    const write = change.getMockImplementation() as ChangeItem<HasOutbox>;
    change.mockImplementationOnce(write).mockRejectedValueOnce(new StaleWrite('crash'));
    await deliver();
    expect(left()).toEqual(['a']);
    wait(2);
    await deliver();
    expect(mailSender.sent).toHaveLength(1);
    expect(left()).toEqual([]);
    expect(record()).toMatchObject({ sentAt: START, attempts: 1 });
  });

  it('drops a mail without a record where the stage has no sender, and logs that', async () => {
    const { deliver, mailSender, records, left } = setUp(mail('a'));
    const logged = vi.spyOn(logger, 'info').mockImplementation(() => {});
    Object.assign(mailSender, { sends: false });
    await deliver();
    expect(mailSender.sent).toEqual([]);
    expect(left()).toEqual([]);
    expect(records.all()).toEqual([]);
    expect(logged).toHaveBeenCalledWith(expect.stringContaining('dropped'), { mail: 'a', kind: 'spark-job-expired' });
  });

  it('sends nothing where the attempt could not be written down', async () => {
    const { deliver, mailSender, change, left } = setUp(mail('a'));
    change.mockRejectedValueOnce(new StaleWrite('busy'));
    await deliver();
    expect(mailSender.sent).toEqual([]);
    expect(left()).toEqual(['a']);
  });
});

describe('an outbox', () => {
  it('takes the same mail once, and of more than a hundred keeps the newest, so that its item can be stored', () => {
    const names = Array.from({ length: 103 }, (_, n) => `m${n}`);
    const full = [...names, ...names.slice(-2)].reduce<readonly OutboxMail[]>(
      (mails, id) => withMail(mails, mail(id)),
      [],
    );
    expect(full.map(({ id }) => id)).toEqual(names.slice(3));
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { deliverOutbox, type ChangeItem, type HasOutbox } from '../../../functions/mail/deliver-outbox.ts';
import { renderMail } from '../../../functions/mail/render-mail.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import { AwsFailed, StaleWrite } from '../../../shared/domain/errors.ts';
import { plusMinutes } from '../../../shared/domain/instant.ts';
import { withMail, type OutboxMail } from '../../../shared/domain/mail.ts';
import { fakeMailSender } from '../../fakes/fake-mail-sender.ts';

const START = '2026-11-23T06:00:00.000Z';
const mail = (id: string): OutboxMail => ({
  id,
  kind: 'spark-job-expired',
  to: 'alice@example.com',
  since: START,
  values: { jobIdentifier: id, endDate: null },
});

const setUp = (...mails: readonly OutboxMail[]) => {
  let item: HasOutbox = { outbox: mails };
  let now = START;
  let attempts = 0;
  const mailSender = fakeMailSender();
  const change = vi.fn<ChangeItem<HasOutbox>>(async (apply) => (item = apply(item)));
  const deliver = deliverOutbox({
    mailSender,
    render: renderMail({ environment: 'prod', publicUrl: 'https://atmo.example.com', mailCopyTo: '' }),
    clock: { now: () => now },
    newAttemptId: () => `attempt-${(attempts += 1)}`,
  });
  return {
    mailSender,
    change,
    deliver: () => deliver(item, change),
    deliverStale: (stale: HasOutbox) => deliver(stale, change),
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

  it('asks SES ever more rarely, once an hour in the end, for what it refuses each time', async () => {
    const { deliver, mailSender, left, wait } = setUp(mail('a'));
    const pauses: number[] = [];
    for (let minutes = 0, last = 0; minutes < 24 * 60; minutes += 1) {
      mailSender.failNext(new AwsFailed('SES failed'));
      const before = vi.mocked(logger.error).mock.calls.length;
      await deliver();
      if (vi.mocked(logger.error).mock.calls.length > before) {
        pauses.push(minutes - last);
        last = minutes;
      }
      wait(1);
    }
    expect(pauses.slice(0, 8)).toEqual([0, 2, 4, 8, 16, 32, 60, 60]);
    expect(left()).toEqual(['a']);
  });

  it('repeats a mail rather than lose it when it dies between SES and the item', async () => {
    const { deliver, mailSender, change, left, wait } = setUp(mail('a'));
    const write = change.getMockImplementation() as ChangeItem<HasOutbox>;
    change.mockImplementationOnce(write).mockRejectedValueOnce(new StaleWrite('crash'));
    await deliver();
    expect(mailSender.sent).toHaveLength(1);
    expect(left()).toEqual(['a']);
    wait(2);
    await deliver();
    expect(mailSender.sent).toHaveLength(2);
    expect(left()).toEqual([]);
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
  it('takes the same mail once, and of more than fifty keeps the newest, so that its item can be stored', () => {
    const names = Array.from({ length: 53 }, (_, n) => `m${n}`);
    const full = [...names, ...names.slice(-2)].reduce<readonly OutboxMail[]>(
      (mails, id) => withMail(mails, mail(id)),
      [],
    );
    expect(full.map(({ id }) => id)).toEqual(names.slice(3));
  });
});

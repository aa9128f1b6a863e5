import { beforeEach, describe, expect, it, vi } from 'vitest';

import { listAlerts, resendAlert } from '../../../functions/admin/alerts.ts';
import { deliverOutbox } from '../../../functions/mail/deliver-outbox.ts';
import { renderMail } from '../../../functions/mail/render-mail.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import { mailEventIn } from '../../../functions/upkeep/mail-event.ts';
import { recordBounce } from '../../../functions/upkeep/record-bounce.ts';
import { attempted, failed, newMailRecord, sent, type MailRecord } from '../../../shared/domain/mail-record.ts';
import { ADMIN, at } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeMailRecords } from '../../fakes/fake-mail-records.ts';
import { fakeMailSender } from '../../fakes/fake-mail-sender.ts';
import { expiredMail } from '../../fakes/mail.ts';
import { testClock } from '../../fakes/test-clock.ts';

const CALLER = { ...ADMIN, request: { sourceIp: '192.0.2.1', requestId: 'r-1' } };

const waiting = attempted(newMailRecord('waiting', expiredMail('daily', at('06:00:00'))), at('06:00:00'));
const taken = sent(
  attempted(newMailRecord('taken', expiredMail('daily', at('06:01:00'))), at('06:01:00')),
  at('06:01:01'),
);
const refused = failed(
  attempted(newMailRecord('refused', expiredMail('daily', at('06:02:00'))), at('06:02:00')),
  'Not verified',
  at('06:02:01'),
);

const world = (...present: readonly MailRecord[]) => {
  const records = fakeMailRecords(...present);
  const audit = fakeAuditTrail();
  const clock = testClock(at('06:30:00'));
  const mailSender = fakeMailSender();
  const deliver = deliverOutbox({
    mailSender,
    render: renderMail({ environment: 'prod', publicUrl: 'https://atmo.example.com', mailCopyTo: '' }),
    records,
    clock,
    newAttemptId: () => clock.now(),
  });
  return {
    records,
    audit,
    clock,
    mailSender,
    list: listAlerts({ records }),
    resend: resendAlert({ records, audit, clock }),
    sweep: async () => {
      for (const record of await records.withUnsentMail())
        await deliver(
          record,
          (change) => records.change(record.id, change),
          () => record.id,
        );
    },
  };
};

beforeEach(() => {
  vi.spyOn(logger, 'warn').mockReturnValue(undefined);
  vi.spyOn(logger, 'error').mockReturnValue(undefined);
});

describe('alerts', () => {
  it('lists mails, newest first, and those of one state', async () => {
    const { list } = world(waiting, taken, refused);
    const all = await list({ limit: 25 });
    expect(all.items.map(({ id, state }) => [id, state])).toEqual([
      ['refused', 'failed'],
      ['taken', 'sent'],
      ['waiting', 'waiting'],
    ]);
    expect(all.items[0]).toEqual({
      id: 'refused',
      kind: 'spark-job-expired',
      to: 'alice@example.com',
      about: { kind: 'spark-job', id: 'daily' },
      state: 'failed',
      createdAt: at('06:02:00'),
      sentAt: null,
      attempts: 1,
      lastError: 'Not verified',
      modifiedAt: refused.failedAt,
    });
    expect(all.items.slice(1).map(({ modifiedAt }) => modifiedAt)).toEqual([taken.sentAt, waiting.createdAt]);
    expect((await list({ limit: 25, state: 'waiting' })).items.map(({ id }) => id)).toEqual(['waiting']);
  });

  it.each([taken, refused])('sends a mail again that was $id, once', async (record) => {
    const { resend, sweep, records, mailSender, audit } = world(record);
    expect(await resend({ id: record.id }, CALLER)).toMatchObject({ state: 'waiting', sentAt: null });
    expect(audit.entries).toMatchObject([{ action: 'mail.resend', object: { kind: 'mail', id: record.id } }]);
    await sweep();
    await sweep();
    expect(mailSender.sent).toHaveLength(1);
    expect(await records.get(record.id)).toMatchObject({
      sentAt: at('06:30:00'),
      failedAt: null,
      lastError: null,
      attempts: 2,
      outbox: [],
    });
  });

  it('does not send twice what is being tried anyway', async () => {
    const { resend, clock, audit } = world(waiting, refused);
    await expect(resend({ id: 'waiting' }, CALLER)).rejects.toMatchObject({ name: 'Conflict' });
    await resend({ id: 'refused' }, CALLER);
    await expect(resend({ id: 'refused' }, CALLER)).rejects.toMatchObject({ name: 'Conflict' });
    expect(audit.entries).toHaveLength(1);
    // In no outbox any more, or it would have been tried by now.
    clock.set(at('08:00:00'));
    expect(await resend({ id: 'waiting' }, CALLER)).toMatchObject({ state: 'waiting' });
  });

  it('changes nothing that cannot be recorded, and knows no other mails', async () => {
    const { resend, audit, records } = world(refused);
    audit.failure = new Error('DynamoDB');
    await expect(resend({ id: 'refused' }, CALLER)).rejects.toThrow('DynamoDB');
    expect(await records.get('refused')).toEqual(refused);
    await expect(resend({ id: 'other' }, CALLER)).rejects.toMatchObject({ name: 'NotFound' });
  });
});

const bounceOf = (recordId: string, mailedAt: string, time = '2026-11-23T06:05:00Z') =>
  mailEventIn({
    'detail-type': 'Email Bounced',
    time,
    detail: {
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [
          { emailAddress: 'alice@example.com', diagnosticCode: 'smtp; 550 5.1.1 user\r\nunknown' },
          { emailAddress: 'service@example.com' },
        ],
      },
      mail: { timestamp: mailedAt, tags: { 'atmo-mail': [recordId], 'ses:configuration-set': ['atmo-prod'] } },
    },
  });

describe('a mail that bounces for good', () => {
  const record = async (records: ReturnType<typeof fakeMailRecords>, event: ReturnType<typeof bounceOf>) => {
    if (event === null || event === undefined) throw new Error('This is no bounce');
    await recordBounce({ records })(event);
  };

  it('is failed, with who did not get it and why', async () => {
    const { records, list } = world(taken);
    await record(records, bounceOf('taken', at('06:01:00')));
    expect((await list({ limit: 1, state: 'failed' })).items).toMatchObject([
      {
        id: 'taken',
        sentAt: at('06:01:01'),
        lastError: 'Bounced (General): alice@example.com (smtp; 550 5.1.1 user unknown), service@example.com',
      },
    ]);
  });

  it('is failed once, and not by an event about the attempt before the last', async () => {
    const { records, resend, sweep, clock } = world(taken);
    await record(records, bounceOf('taken', at('06:01:00')));
    const once = await records.get('taken');
    await record(records, bounceOf('taken', at('06:01:00')));
    expect(await records.get('taken')).toEqual(once);
    await resend({ id: 'taken' }, CALLER);
    await sweep();
    await record(records, bounceOf('taken', at('06:01:00')));
    expect(await records.get('taken')).toMatchObject({ failedAt: null, sentAt: clock.now() });
    await record(records, bounceOf('taken', clock.now()));
    expect((await records.get('taken')).failedAt).not.toBeNull();
  });

  it('is ignored where its record is gone', async () => {
    const { records } = world();
    await record(records, bounceOf('expired', at('06:01:00')));
    expect(records.all()).toEqual([]);
  });
});

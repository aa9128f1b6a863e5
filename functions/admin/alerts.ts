import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { AlertView } from '../../shared/contract/routes/admin-monitor.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { mailSubject } from '../../shared/domain/mail.ts';
import { mailModifiedAt, mailStateOf, resendRequested, type MailRecord } from '../../shared/domain/mail-record.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { MailRecords } from '../ports/mail-records.ts';
import type { Clock } from '../runtime/clock.ts';

const toView = (record: MailRecord): AlertView => ({
  id: record.id,
  kind: record.mail.kind,
  to: record.mail.to,
  about: mailSubject(record.mail),
  state: mailStateOf(record),
  createdAt: record.createdAt,
  sentAt: record.sentAt,
  attempts: record.attempts,
  lastError: record.lastError,
  modifiedAt: mailModifiedAt(record),
});

/** Mails that were sent, wait or failed, the newest first. */
export const listAlerts =
  ({ records }: { readonly records: Pick<MailRecords, 'list'> }) =>
  async ({ state, ...page }: RouteInput<Routes['listAlerts']>) => {
    const { items, cursor } = await records.list(state ?? null, page);
    return { items: items.map(toView), cursor };
  };

interface ResendAlertDependencies {
  readonly records: Pick<MailRecords, 'get' | 'change'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

/** Asks the upkeep to send a mail again, within a minute. @throws NotFound; Conflict while it is being tried anyway */
export const resendAlert =
  ({ records, audit, clock }: ResendAlertDependencies) =>
  async ({ id }: { readonly id: string }, caller: Caller): Promise<AlertView> => {
    const { mail } = resendRequested(await records.get(id), clock.now());
    const detail = { kind: mail.kind, to: mail.to };
    await audit.record(actOf(caller, { action: 'mail.resend', object: { kind: 'mail', id }, detail }, clock.now()));
    return toView(await records.change(id, (record) => resendRequested(record, clock.now())));
  };

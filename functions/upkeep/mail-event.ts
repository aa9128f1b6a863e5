import { MAIL_EVENT_TYPES, MAIL_TAG } from '../../shared/contract/upkeep.ts';
import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import type { Bounce } from '../../shared/domain/mail-record.ts';

/** What the portal reads of SES's events (Developer Guide, "Examples of event data"): a mail that will not arrive. */
export interface MailEvent extends Bounce {
  readonly recordId: string;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsIn = (fields: Fields, name: string): Fields => {
  const value = fields[name];
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
};
const textIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};
const listIn = (fields: Fields, name: string): readonly Fields[] => {
  const value = fields[name];
  return Array.isArray(value)
    ? value.filter((entry): entry is Fields => typeof entry === 'object' && entry !== null)
    : [];
};
const instantIn = (fields: Fields, name: string): Instant | null => {
  const time = Date.parse(textIn(fields, name));
  return Number.isNaN(time) ? null : toInstant(time);
};

/** Why a mail will not arrive; null where it still may: SES goes on trying after a transient bounce, and full mailboxes empty. */
const reasonIn = (type: string, detail: Fields): string | null => {
  if (type === 'Email Rejected') return `Rejected by SES: ${textIn(fieldsIn(detail, 'reject'), 'reason')}`;
  const bounce = fieldsIn(detail, 'bounce');
  if (textIn(bounce, 'bounceType') !== 'Permanent') return null;
  const recipients = listIn(bounce, 'bouncedRecipients').map((recipient) => {
    const why = textIn(recipient, 'diagnosticCode');
    return `${textIn(recipient, 'emailAddress')}${why === '' ? '' : ` (${why})`}`;
  });
  return `Bounced (${textIn(bounce, 'bounceSubType')}): ${recipients.join(', ')}`;
};

/** One of SES's events about a mail of the portal that will not arrive; `undefined` where the event is of another kind. */
export const mailEventIn = (event: unknown): MailEvent | null | undefined => {
  const envelope: Fields = typeof event === 'object' && event !== null ? (event as Fields) : {};
  const type = MAIL_EVENT_TYPES.find((known) => known === envelope['detail-type']);
  if (type === undefined) return undefined;
  const detail = fieldsIn(envelope, 'detail');
  const mail = fieldsIn(detail, 'mail');
  const tagged = fieldsIn(mail, 'tags')[MAIL_TAG];
  const recordId: unknown = Array.isArray(tagged) ? tagged[0] : undefined;
  const [mailedAt, at, reason] = [instantIn(mail, 'timestamp'), instantIn(envelope, 'time'), reasonIn(type, detail)];
  if (typeof recordId !== 'string' || mailedAt === null || at === null || reason === null) return null;
  return { recordId, mailedAt, at, reason };
};

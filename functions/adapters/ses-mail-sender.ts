import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';

import { MAIL_TAG } from '../../shared/contract/upkeep.ts';
import { AwsFailed, MailRefused } from '../../shared/domain/errors.ts';
import type { MailSender } from '../ports/mail-sender.ts';
import { fromAws } from './aws-errors.ts';
import { requestHandler } from './request-handler.ts';

export const MAIL_SETTINGS = ['mailFrom', 'mailConfigurationSet'] as const;

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** A repeated call is a repeated mail, so the SDK must not retry by itself: the sweep does, minutes later. */
const sesClient = (): SESv2Client => new SESv2Client({ maxAttempts: 1, requestHandler });

/** What SES answers each time for the same mail: an address that is malformed or, in the sandbox, not verified (API reference, SendEmail). */
const REFUSALS: ReadonlySet<unknown> = new Set([
  'BadRequestException',
  'MessageRejected',
  'MailFromDomainNotVerifiedException',
]);

const refusalOf = (error: unknown): unknown =>
  error instanceof AwsFailed && REFUSALS.has(error.evidence['name'])
    ? new MailRefused(`SES refused the mail: ${String(error.evidence['message'])}`, error.evidence)
    : error;

/** @param settings `mailFrom`: the sender; empty where the stage sends no mails */
export const sesMailSender = (
  settings: Readonly<Record<(typeof MAIL_SETTINGS)[number], string>>,
  client: SESv2Client = sesClient(),
): MailSender => ({
  sends: settings.mailFrom !== '',
  async send({ to, copyTo, subject, text, html }, recordId) {
    const command = new SendEmailCommand({
      FromEmailAddress: settings.mailFrom,
      Destination: { ToAddresses: [to], ...(copyTo === null ? {} : { CcAddresses: [copyTo] }) },
      Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
      ConfigurationSetName: settings.mailConfigurationSet,
      EmailTags: [{ Name: MAIL_TAG, Value: recordId }],
    });
    try {
      await fromAws('SES', client.send(command));
    } catch (error) {
      throw refusalOf(error);
    }
  },
});

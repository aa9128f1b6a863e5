import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';

import type { MailSender } from '../ports/mail-sender.ts';
import { fromAws } from './aws-errors.ts';
import { logger } from '../runtime/logger.ts';
import { requestHandler } from './request-handler.ts';

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** A repeated call is a repeated mail, so the SDK must not retry by itself: the sweep does, minutes later. */
const sesClient = (): SESv2Client => new SESv2Client({ maxAttempts: 1, requestHandler });

/** For a stage without a sender: drops and logs each mail, so that none is sent much later once a sender is configured. */
const noSender: MailSender = {
  async send({ subject }) {
    logger.info('A mail is dropped: this stage has no sender (mail.from)', { subject });
  },
};

/** @param mailFrom the sender; empty where the stage sends no mails */
export const sesMailSender = (
  { mailFrom }: { readonly mailFrom: string },
  client: SESv2Client = sesClient(),
): MailSender => {
  if (mailFrom === '') return noSender;
  return {
    async send({ to, copyTo, subject, text, html }) {
      const command = new SendEmailCommand({
        FromEmailAddress: mailFrom,
        Destination: { ToAddresses: [to], ...(copyTo === null ? {} : { CcAddresses: [copyTo] }) },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
      });
      await fromAws('SES', client.send(command));
    },
  };
};

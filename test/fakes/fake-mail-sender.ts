import type { Mail, MailSender } from '../../functions/ports/mail-sender.ts';

interface FakeMailSender extends MailSender {
  readonly sent: readonly Mail[];
  /** The next mails fail with these errors. */
  failNext(...errors: readonly Error[]): void;
}

export const fakeMailSender = (): FakeMailSender => {
  const sent: Mail[] = [];
  const failures: Error[] = [];
  return {
    sends: true,
    sent,
    failNext: (...errors) => void failures.push(...errors),
    async send(mail) {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      sent.push(mail);
    },
  };
};

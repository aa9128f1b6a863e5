/** A rendered mail. */
export interface Mail {
  readonly to: string;
  readonly copyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** SES. */
export interface MailSender {
  /** @throws AwsThrottled, AwsFailed: the mail stays in the outbox and the sweep retries it */
  send(mail: Mail): Promise<void>;
}

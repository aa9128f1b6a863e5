/** A mail ready to go. */
export interface Mail {
  readonly to: string;
  readonly copyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** SES. */
export interface MailSender {
  /** @throws AwsThrottled, AwsFailed: the mail stays pending and is tried again by the sweep */
  send(mail: Mail): Promise<void>;
}

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
  /** False where the stage has no sender: its mails are dropped, so that none is sent much later once it has one. */
  readonly sends: boolean;
  /**
   * @param recordId comes back with a bounce of the mail
   * @throws AwsThrottled, AwsFailed: another attempt may succeed; MailRefused: none will
   */
  send(mail: Mail, recordId: string): Promise<void>;
}

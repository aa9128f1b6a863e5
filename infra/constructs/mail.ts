import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { localArn } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import type { PortalFunction } from './portal-function.ts';

/** SES: who the portal writes as. */
export class Mail extends Construct {
  private readonly mail: StageConfig['mail'];

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id);
    this.mail = config.mail;
    const { from, identity } = this.mail;
    if (from !== null && identity === 'create') new EmailIdentity(this, 'Identity', { identity: Identity.email(from) });
  }

  grantSend(fn: PortalFunction): void {
    const { from, serviceAddress } = this.mail;
    this.configureSender(fn);
    fn.configure({ mailCopyTo: serviceAddress ?? '' });
    if (from === null) return;
    fn.permit({
      actions: ['ses:SendEmail'],
      resources: [localArn('ses', 'identity/*')],
      conditions: { StringEquals: { 'ses:FromAddress': from } },
      wildcard:
        'The sender’s address or a domain above it, whichever is verified, and inside SES’s sandbox the receiver’s; the sender is the limit.',
    });
  }

  /** Whether the portal sends mails at all, for pages that promise one. */
  configureSender(fn: PortalFunction): void {
    fn.configure({ mailFrom: this.mail.from ?? '' });
  }
}

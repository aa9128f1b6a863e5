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
    if (this.mail.identity === 'create')
      new EmailIdentity(this, 'Identity', { identity: Identity.email(this.mail.from) });
  }

  grantSend(fn: PortalFunction): void {
    const { from, serviceAddress } = this.mail;
    fn.permit({
      actions: ['ses:SendEmail'],
      // SES asks for the address where that is verified, else for its domain.
      resources: [from, from.slice(from.indexOf('@') + 1)].map((name) => localArn('ses', `identity/${name}`)),
      conditions: { StringEquals: { 'ses:FromAddress': from } },
    });
    fn.configure({ mailFrom: from, mailCopyTo: serviceAddress ?? '' });
  }
}

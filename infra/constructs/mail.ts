import { Duration } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAIL_EVENT_TYPES } from '../../shared/contract/upkeep.ts';
import { localArn } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import type { PortalFunction } from './portal-function.ts';

/** SES: who the portal writes as, and what comes back. */
export class Mail extends Construct {
  private readonly config: StageConfig;
  private readonly configurationSet: string;

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id);
    this.config = config;
    const { from, identity } = config.mail;
    this.configurationSet = `atmo-${config.environment}`;
    if (from === null) return;
    if (identity === 'create') new EmailIdentity(this, 'Identity', { identity: Identity.email(from) });
    const set = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.configurationSet,
      // SES takes a mail to an address that bounced before, does not send it, and reports another bounce.
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    set.addEventDestination('Undelivered', {
      // SES reports to no other bus than the default one.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Bus', 'default')),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.REJECT],
    });
  }

  grantSend(fn: PortalFunction): void {
    const { from, serviceAddress } = this.config.mail;
    this.configureSender(fn);
    fn.configure({ mailCopyTo: serviceAddress ?? '', mailConfigurationSet: this.configurationSet });
    if (from === null) return;
    fn.permit({
      actions: ['ses:SendEmail'],
      resources: [localArn('ses', 'identity/*'), localArn('ses', `configuration-set/${this.configurationSet}`)],
      conditions: { StringEquals: { 'ses:FromAddress': from } },
      wildcard:
        'The sender’s address or a domain above it, whichever is verified, and inside SES’s sandbox the receiver’s; the sender is the limit.',
    });
  }

  /** Whether the portal sends mails at all, for pages that promise one. */
  configureSender(fn: PortalFunction): void {
    fn.configure({ mailFrom: this.config.mail.from ?? '' });
  }

  /** Mails that do not arrive are told to the upkeep function. Events are best effort. */
  reportTo(upkeep: PortalFunction, deadLetters: IQueue): void {
    new Rule(this, 'NotArrived', {
      description: `ATMO ${this.config.environment}: mails of ours do not arrive`,
      eventPattern: {
        source: ['aws.ses'],
        detailType: [...MAIL_EVENT_TYPES],
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSet] } } },
      },
      targets: [
        new LambdaFunction(upkeep, { deadLetterQueue: deadLetters, maxEventAge: Duration.hours(1), retryAttempts: 8 }),
      ],
    });
  }
}

import { randomUUID } from 'node:crypto';

import * as z from 'zod';

import { ACCOUNT } from './account.ts';
import type { BusEvent } from './events/event-bus.ts';
import { Refused } from './refused.ts';

const addresses = z.array(z.string()).optional();
const SesOrder = z.strictObject({
  /** SES refuses the call, as it does in its sandbox for an address that is not verified. */
  refuse: addresses,
  /** SES takes the mail, and it bounces for good. */
  bounce: addresses,
});

/** SES's own mailbox simulator, which answers in every account. */
const ALWAYS_BOUNCE = /^(bounce|suppressionlist)(\+[^@]*)?@simulator\.amazonses\.com$/i;

const Sent = z.object({
  ConfigurationSetName: z.string().optional(),
  FromEmailAddress: z.string().optional(),
  Destination: z
    .object({ ToAddresses: z.array(z.string()).default([]), CcAddresses: z.array(z.string()).default([]) })
    .partial()
    .optional(),
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});
type Sent = z.infer<typeof Sent>;

const receiversOf = ({ Destination: { ToAddresses = [], CcAddresses = [] } = {} }: Sent): readonly string[] => [
  ...ToAddresses,
  ...CcAddresses,
];

/** What SendEmail was asked; null where SES itself refuses the request. */
export const sentIn = (body: Buffer): Sent | null => {
  try {
    return Sent.safeParse(JSON.parse(body.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
};

/** `Email Bounced` as SES puts it on the default bus, where the mail named a configuration set (Developer Guide, "Bounce object"). */
const bounceEvent = (sent: Sent, messageId: string, bounced: readonly string[]): BusEvent => {
  const now = new Date().toISOString();
  const tags = Object.fromEntries(sent.EmailTags.map(({ Name, Value }) => [Name, [Value]]));
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Email Bounced',
    source: 'aws.ses',
    account: ACCOUNT.id,
    time: now.replace(/\.\d+Z$/, 'Z'),
    region: ACCOUNT.region,
    resources: [`arn:aws:ses:${ACCOUNT.region}:${ACCOUNT.id}:configuration-set/${sent.ConfigurationSetName}`],
    detail: {
      eventType: 'Bounce',
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: bounced.map((emailAddress) => ({
          emailAddress,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 user unknown',
        })),
        timestamp: now,
      },
      mail: {
        timestamp: now,
        messageId,
        source: sent.FromEmailAddress,
        destination: receiversOf(sent),
        tags: { 'ses:configuration-set': [sent.ConfigurationSetName], ...tags },
      },
    },
  };
};

/** Mails that SES refuses, and mails that it takes and cannot deliver. */
export const sesFaults = (publish: (event: BusEvent) => void) => {
  let order: z.infer<typeof SesOrder> = {};
  const isAmong = (list: readonly string[] = [], address: string): boolean =>
    list.some((known) => known.toLowerCase() === address.toLowerCase());
  return {
    /** What is left out stays as it is. @throws Refused */
    control: (input: unknown): z.infer<typeof SesOrder> => {
      const { data, error } = SesOrder.safeParse(input);
      if (error) throw new Refused(400, z.prettifyError(error));
      order = { ...order, ...data };
      return order;
    },
    /** SES's words; null where it takes the mail. */
    refusalOf(sent: Sent): string | null {
      const refused = receiversOf(sent).filter((address) => isAmong(order.refuse, address));
      if (refused.length === 0) return null;
      return `Email address is not verified. The following identities failed the check in region ${ACCOUNT.region.toUpperCase()}: ${refused.join(', ')}`;
    },
    taken(sent: Sent, messageId: string): void {
      const bounced = receiversOf(sent).filter(
        (address) => ALWAYS_BOUNCE.test(address) || isAmong(order.bounce, address),
      );
      if (bounced.length > 0 && sent.ConfigurationSetName !== undefined) publish(bounceEvent(sent, messageId, bounced));
    },
  };
};

export type SesFaults = ReturnType<typeof sesFaults>;

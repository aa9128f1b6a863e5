import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { takeLosses } from '../../local/data-loss.ts';
import type { BusEvent } from '../../local/events/event-bus.ts';
import { startSes } from '../../local/ses.ts';
import { credentials, region } from './client-options.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'atmo-ses-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const mail = (subject: string): SendEmailCommand =>
  new SendEmailCommand({
    FromEmailAddress: 'atmo@example.com',
    Destination: { ToAddresses: ['alice@example.com'], CcAddresses: ['service@example.com'] },
    Content: {
      Simple: { Subject: { Data: subject }, Body: { Text: { Data: 'Text' }, Html: { Data: '<p>Text</p>' } } },
    },
  });

it('keeps mails across a restart', async () => {
  const first = await startSes(directory);
  const client = new SESv2Client({ credentials, region, endpoint: first.url });
  await client.send(mail('one'));
  client.destroy();
  await first.close();

  const second = await startSes(directory);
  const again = new SESv2Client({ credentials, region, endpoint: second.url });
  await again.send(mail('two'));
  again.destroy();
  expect(second.mailbox()).toEqual(
    ['one', 'two'].map((subject) => ({
      to: ['alice@example.com'],
      cc: ['service@example.com'],
      subject,
      text: 'Text',
      html: '<p>Text</p>',
      sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
    })),
  );
  await second.close();
});

it('forgets what was deleted on its page', async () => {
  const first = await startSes(directory);
  const client = new SESv2Client({ credentials, region, endpoint: first.url });
  await client.send(mail('one'));
  await client.send(mail('two'));
  await fetch(`${first.url}/clear-store`, { method: 'POST' });
  await client.send(mail('three'));
  client.destroy();
  await first.close();
  const second = await startSes(directory);
  expect(second.mailbox().map(({ subject }) => subject)).toEqual(['three']);
  await second.close();
});

it('keeps the mails that a damaged file still has', async () => {
  const first = await startSes(directory);
  const client = new SESv2Client({ credentials, region, endpoint: first.url });
  await client.send(mail('one'));
  client.destroy();
  await first.close();
  appendFileSync(path.join(directory, 'mails.ndjson'), '{"messageId":1}\n{"half');
  const second = await startSes(directory);
  expect(second.mailbox().map(({ subject }) => subject)).toEqual(['one']);
  expect(takeLosses()).toEqual([expect.stringMatching(/^1 of 2 entries in .*mails\.ndjson are damaged\./)]);
  await second.close();
});

const sent = (to: string, configurationSet?: string): SendEmailCommand =>
  new SendEmailCommand({
    ...mail('subject').input,
    Destination: { ToAddresses: [to] },
    EmailTags: [{ Name: 'atmo-mail', Value: 'record-1' }],
    ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
  });

it('refuses and bounces mails to the addresses that it is told, and those of SES’s mailbox simulator', async () => {
  const events: BusEvent[] = [];
  const ses = await startSes(directory, (event) => events.push(event));
  const client = new SESv2Client({ credentials, region, endpoint: ses.url, maxAttempts: 1 });
  expect(ses.control({ refuse: ['Not.Verified@example.com'] })).toEqual({ refuse: ['Not.Verified@example.com'] });
  ses.control({ bounce: ['gone@example.com'] });
  expect(() => ses.control({ lose: [] })).toThrow(/lose/);

  await expect(client.send(sent('not.verified@example.com', 'atmo-dev'))).rejects.toMatchObject({
    name: 'MessageRejected',
    message: expect.stringContaining('not verified') as unknown,
  });
  await client.send(sent('alice@example.com', 'atmo-dev'));
  await client.send(sent('gone@example.com'));
  expect(events).toEqual([]);
  await client.send(sent('gone@example.com', 'atmo-dev'));
  const { MessageId } = await client.send(sent('bounce+1@simulator.amazonses.com', 'atmo-dev'));
  expect(events).toMatchObject([
    { source: 'aws.ses', 'detail-type': 'Email Bounced', detail: { bounce: { bounceType: 'Permanent' } } },
    {
      detail: {
        bounce: { bouncedRecipients: [{ emailAddress: 'bounce+1@simulator.amazonses.com' }] },
        mail: { messageId: MessageId, tags: { 'ses:configuration-set': ['atmo-dev'], 'atmo-mail': ['record-1'] } },
      },
    },
  ]);
  expect(ses.mailbox()).toHaveLength(4);
  client.destroy();
  await ses.close();
});

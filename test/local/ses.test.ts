import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { takeLosses } from '../../local/data-loss.ts';
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

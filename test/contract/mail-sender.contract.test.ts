import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { SESv2Client } from '@aws-sdk/client-sesv2';
import { expect, it, vi } from 'vitest';

import { sesMailSender } from '../../functions/adapters/ses-mail-sender.ts';
import { logger } from '../../functions/runtime/logger.ts';
import { startSes } from '../../local/ses.ts';

const mail = { to: 'alice@example.com', copyTo: null, subject: 'Grüße', text: 'Text ✓', html: '<p>Text ✓</p>' };
const clientAt = (endpoint: string): SESv2Client =>
  new SESv2Client({
    endpoint,
    region: 'us-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });

it('hands mails to SES, with a copy where one is wanted', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-mail-'));
  const ses = await startSes(directory);
  const client = clientAt(ses.url);
  const sender = sesMailSender({ mailFrom: 'atmo@example.com' }, client);
  await sender.send(mail);
  await sender.send({ ...mail, copyTo: 'service@example.com' });
  const received = { to: ['alice@example.com'], subject: 'Grüße', text: 'Text ✓', html: '<p>Text ✓</p>' };
  expect(ses.mailbox()).toMatchObject([
    { ...received, cc: [] },
    { ...received, cc: ['service@example.com'] },
  ]);
  client.destroy();
  await ses.close();
  rmSync(directory, { recursive: true });
});

it.each([
  ['TooManyRequestsException', 429, 'AwsThrottled'],
  ['MessageRejected', 400, 'AwsFailed'],
])('calls %s by the domain’s name, after one try', async (code, status, name) => {
  let calls = 0;
  const server = http.createServer((request, response) => {
    calls += 1;
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': code });
    response.end(JSON.stringify({ message: 'no' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = clientAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const sending = sesMailSender({ mailFrom: 'atmo@example.com' }, client).send(mail);
  await expect(sending).rejects.toMatchObject({ name, evidence: { service: 'SES', name: code } });
  expect(calls).toBe(1);
  client.destroy();
  server.close();
});

it('sends nothing where the stage has no sender, and logs what it drops', async () => {
  const client = clientAt('http://127.0.0.1:9');
  const sent = vi.spyOn(client, 'send');
  const logged = vi.spyOn(logger, 'info').mockImplementation(() => {});
  await sesMailSender({ mailFrom: '' }, client).send(mail);
  expect(sent).not.toHaveBeenCalled();
  expect(logged).toHaveBeenCalledWith(expect.stringContaining('dropped'), { subject: mail.subject });
  logged.mockRestore();
  client.destroy();
});

import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { expect, it, vi } from 'vitest';

import { sesMailSender } from '../../functions/adapters/ses-mail-sender.ts';
import { logger } from '../../functions/runtime/logger.ts';
import { startSes } from '../../local/ses.ts';
import { startMoto } from '../moto/moto-server.ts';
import { motoUrl } from '../moto/moto.ts';

const mail = { to: 'alice@example.com', copyTo: null, subject: 'Grüße', text: 'Text ✓', html: '<p>Text ✓</p>' };
const clientAt = (endpoint: string): SESv2Client =>
  new SESv2Client({
    endpoint,
    region: 'us-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });

interface Received {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text?: string;
}

const localSes = async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-mail-'));
  const ses = await startSes(directory);
  const client = clientAt(ses.url);
  return {
    client,
    received: async (): Promise<readonly Received[]> => ses.mailbox(),
    stop: async () => {
      client.destroy();
      await ses.close();
      rmSync(directory, { recursive: true });
    },
  };
};

/**
 * moto accepts mails from known identities only, as SES does, and keeps one of a mail's two bodies. Only a moto of its own tells what was sent: its
 * page of all data fails on those of other tests.
 */
const motoSes = async (): ReturnType<typeof localSes> => {
  const { url, stop } = await startMoto();
  const client = clientAt(url);
  await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'atmo@example.com' }));
  interface Sent {
    readonly destinations: { readonly ToAddresses: string[]; readonly CcAddresses?: string[] };
    readonly subject: string;
    readonly body: string;
  }
  return {
    client,
    received: async () => {
      const { ses } = (await (await fetch(`${url}/moto-api/data.json`)).json()) as { ses: { Message: Sent[] } };
      return ses.Message.map(({ destinations, subject, body }) => ({
        to: destinations.ToAddresses,
        cc: destinations.CcAddresses ?? [],
        subject,
        html: body,
      }));
    },
    stop: async () => {
      client.destroy();
      stop();
    },
  };
};

it('hands mails to SES, with a copy where one is wanted', async () => {
  const moto = motoUrl();
  const { client, received, stop } = await (moto === null ? localSes() : motoSes());
  const sender = sesMailSender({ mailFrom: 'atmo@example.com' }, client);
  await sender.send(mail);
  await sender.send({ ...mail, copyTo: 'service@example.com' });
  const expected = {
    to: ['alice@example.com'],
    subject: 'Grüße',
    html: '<p>Text ✓</p>',
    ...(moto === null ? { text: 'Text ✓' } : {}),
  };
  expect(await received()).toMatchObject([
    { ...expected, cc: [] },
    { ...expected, cc: ['service@example.com'] },
  ]);
  await stop();
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

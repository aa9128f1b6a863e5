import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { expect, it, vi } from 'vitest';

import { sesMailSender } from '../../functions/adapters/ses-mail-sender.ts';
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

const SETTINGS = { mailFrom: 'atmo@example.com', mailConfigurationSet: 'atmo-test' };

it('hands mails to SES, with a copy where one is wanted', async () => {
  const moto = motoUrl();
  const { client, received, stop } = await (moto === null ? localSes() : motoSes());
  const sender = sesMailSender(SETTINGS, client);
  await sender.send(mail, 'record-1');
  await sender.send({ ...mail, copyTo: 'service@example.com' }, 'record-2');
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
  ['SendingPausedException', 400, 'AwsFailed'],
  ['MessageRejected', 400, 'MailRefused'],
  ['BadRequestException', 400, 'MailRefused'],
  ['MailFromDomainNotVerifiedException', 400, 'MailRefused'],
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
  const sending = sesMailSender(SETTINGS, client).send(mail, 'record-1');
  await expect(sending).rejects.toMatchObject({ name, evidence: { service: 'SES', name: code } });
  expect(calls).toBe(1);
  client.destroy();
  server.close();
});

it('sends nothing where the stage has no sender', () => {
  const client = clientAt('http://127.0.0.1:9');
  expect(sesMailSender({ ...SETTINGS, mailFrom: '' }, client).sends).toBe(false);
  expect(sesMailSender(SETTINGS, client).sends).toBe(true);
  client.destroy();
});

it('names its configuration set and its record, so that a bounce finds the way back', async () => {
  const client = clientAt('http://127.0.0.1:9');
  const sent = vi.spyOn(client, 'send').mockImplementation(() => {
    throw new Error('sent');
  });
  await expect(sesMailSender(SETTINGS, client).send(mail, 'record-1')).rejects.toThrow('sent');
  expect(sent.mock.calls[0]?.[0].input).toMatchObject({
    ConfigurationSetName: 'atmo-test',
    EmailTags: [{ Name: 'atmo-mail', Value: 'record-1' }],
  });
  client.destroy();
});

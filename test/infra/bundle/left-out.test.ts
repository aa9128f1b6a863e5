import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { bundled } from '../../../infra/lambda-bundle.ts';
import * as whole from './aws-calls.ts';

/** Partition and suffix differ. */
const REGIONS = ['us-west-2', 'cn-north-1'];

type Calls = typeof whole;

const directory = mkdtempSync(join(tmpdir(), 'atmo-left-out-'));
const cut = new Map<string, Calls>();

beforeAll(async () => {
  for (const region of REGIONS) {
    const { outputFiles } = await bundled('test/infra/bundle/aws-calls.ts', region);
    mkdirSync(join(directory, region));
    for (const { path, contents } of outputFiles) writeFileSync(join(directory, region, basename(path)), contents);
    cut.set(region, (await import(pathToFileURL(join(directory, region, 'index.mjs')).href)) as Calls);
  }
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));
// Signatures are of a second.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-26T12:00:00Z') }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const callsOf = (region: string): Calls => cut.get(region) ?? whole;

type Handler = whole.Settings['requestHandler']['handle'];
type Request = Parameters<Handler>[0];

/** What differs from request to request by chance, and what only tells how the client was built. */
const UNCOMPARED = new Set(['amz-sdk-invocation-id', 'user-agent', 'x-amz-user-agent', 'authorization']);

const sent = ({ method, protocol, hostname, port, path, query, headers, body }: Request): object => ({
  ...{ method, protocol, hostname, port, path, query },
  body: body instanceof Uint8Array ? Buffer.from(body).toString('latin1') : body,
  headers: Object.fromEntries(Object.entries(headers as object).filter(([name]) => !UNCOMPARED.has(name))),
  signedFor: /Credential=[^,]*/.exec(String((headers as Record<string, string>)['authorization']))?.[0],
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const OK: Answer = { status: 200, headers: {}, body: '' };

/** S3 may fail after it has begun to answer, and then says so in the body of a 200. */
const COPIED: Answer = { ...OK, body: '<CopyObjectResult><ETag>"e"</ETag></CopyObjectResult>' };

/** The requests of a call, and what it returned or threw. */
const observed = async (call: (settings: whole.Settings) => Promise<unknown>, region: string, answer = OK) => {
  const requests: object[] = [];
  const settings = {
    region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 2,
    requestHandler: {
      handle: async (request: Request) => {
        requests.push(sent(request));
        const { status: statusCode, headers, body } = answer;
        return { response: { statusCode, headers, body: Readable.from([Buffer.from(body)]) } };
      },
    },
  };
  const outcome = await call(settings).then(
    (value) => (typeof value === 'object' ? Object.keys(value as object) : value),
    ({ name, message, $fault, $metadata }: Error & { $fault?: string; $metadata?: { httpStatusCode?: number } }) => ({
      ...{ name, message, $fault },
      status: $metadata?.httpStatusCode,
    }),
  );
  return { requests, outcome };
};

/** An error as services of each protocol send it: JSON, REST with JSON, query and S3's XML. */
const failure = (client: string, name: string, status: number): Answer => {
  if (client === 'client-s3')
    return { status, headers: {}, body: `<Error><Code>${name}</Code><Message>It said so.</Message></Error>` };
  if (client === 'client-ec2')
    return {
      status,
      headers: {},
      body: `<Response><Errors><Error><Code>${name}</Code><Message>It said so.</Message></Error></Errors></Response>`,
    };
  if (client === 'client-sts')
    return {
      status,
      headers: {},
      body: `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>It said so.</Message></Error></ErrorResponse>`,
    };
  return {
    status,
    headers: { 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: name, message: 'It said so.' }),
  };
};

/** Retried by the SDK for their class alone: of tables in several Regions, and of sign-in with web identities. */
const NEVER_ANSWERED_TO_THE_PORTAL = new Set(['ReplicatedWriteConflictException', 'IDPCommunicationErrorException']);

interface ErrorClass {
  new (options: object): { name: string; $fault: string };
}

const isErrorClass = (value: unknown): value is ErrorClass =>
  typeof value === 'function' && Object.prototype.isPrototypeOf.call(Error.prototype, value.prototype as object);

const errorsOf = async (client: string): Promise<{ name: string; $fault: string }[]> =>
  Object.entries((await import(`@aws-sdk/${client}`)) as object)
    .filter(([name]) => !name.endsWith('ServiceException'))
    .flatMap(([, value]: [string, unknown]) => (isErrorClass(value) ? [new value({ message: '' })] : []))
    .filter(({ name }) => !NEVER_ANSWERED_TO_THE_PORTAL.has(name));

const clients = Object.keys(whole.CALLS);

describe('what a bundle leaves out of the SDK', () => {
  it('is compared for each client that an adapter uses', () => {
    const used = globSync('functions/adapters/*.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/'@aws-sdk\/(client-[a-z0-9-]+)'/g)].map(([, client = '']) => client),
    );
    expect(clients.toSorted((a, b) => a.localeCompare(b))).toEqual(
      [...new Set(used)].toSorted((a, b) => a.localeCompare(b)),
    );
  });

  describe.each(REGIONS)('in %s', (region) => {
    it.each(clients)('leaves the requests of %s as they are', async (client) => {
      const [withAll, withoutUnused] = [whole, callsOf(region)].map(({ CALLS }) => CALLS[client] ?? expect.fail());
      expect(await observed(withoutUnused ?? expect.fail(), region)).toEqual(
        await observed(withAll ?? expect.fail(), region),
      );
    });

    it.each([
      ['its own host', {}],
      ['paths', { forcePathStyle: true }],
      ['an endpoint', { endpoint: 'http://localhost:4566' }],
      ['an endpoint below a path', { endpoint: 'https://example.com:8443/s3/', forcePathStyle: true }],
      ['an address', { endpoint: 'http://127.0.0.1:4566' }],
    ])('finds buckets on %s, and signs for them alike', async (_place, more) => {
      for (const name of Object.keys(whole.S3_CALLS)) {
        const [withAll, withoutUnused] = [whole, callsOf(region)].map(
          ({ S3_CALLS }) =>
            (settings: whole.Settings) =>
              S3_CALLS[name]?.(settings, more) ?? expect.fail(),
        );
        const answer = name === 'copy' ? COPIED : OK;
        expect(await observed(withoutUnused ?? expect.fail(), region, answer), name).toEqual(
          await observed(withAll ?? expect.fail(), region, answer),
        );
      }
    });
  });

  it.each(clients)('leaves the errors of %s as they are, repeated as often', async (client) => {
    const [region = ''] = REGIONS;
    const errors = [
      ...(await errorsOf(client)),
      { name: 'Unheard', $fault: 'client' },
      { name: 'ThrottlingException', $fault: 'client' },
      { name: 'SlowDown', $fault: 'server' },
    ];
    await Promise.all(
      errors.map(async ({ name, $fault }) => {
        const answer = failure(client, name, $fault === 'server' ? 503 : 400);
        const [withAll, withoutUnused] = [whole, callsOf(region)].map(({ CALLS }) => CALLS[client] ?? expect.fail());
        const seen = await observed(withoutUnused ?? expect.fail(), region, answer);
        expect(seen, name).toEqual(await observed(withAll ?? expect.fail(), region, answer));
        expect(seen.outcome, name).toMatchObject({ name, message: 'It said so.' });
      }),
    );
  });

  it('is not named by an adapter: errors are told apart by their names', () => {
    const classes = globSync('functions/adapters/*.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-/g)].flatMap(
        ([, names = '']) => names.match(/\b\w+(Exception|Error)\b/g) ?? [],
      ),
    );
    expect(classes).toEqual([]);
  });

  it('lets an emulator stand in for a service', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://localhost:4566');
    for (const client of clients) {
      const [region = ''] = REGIONS;
      const call = callsOf(region).CALLS[client] ?? expect.fail();
      const { requests } = await observed(call, region);
      expect(requests[0], client).toMatchObject({
        hostname: expect.stringMatching(/^(atmo-results\.)?localhost$/),
        port: 4566,
      });
    }
  });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PythonEnvironment } from './python-environment.ts';
import { RehearsalStopped } from './rehearsal-stopped.ts';

export interface Emulator {
  readonly port: number;
  /** Environment variables for calls to it as the account's root user. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

interface EmulatorOptions {
  readonly python: PythonEnvironment;
  readonly directory: string;
  readonly region: string;
  readonly account: string;
  /** Port of the proxy through which functions reach hosts of AWS. */
  readonly proxyPort: number;
  /** Of EMR Serverless, which the emulator lacks. */
  readonly serverlessUrl: string;
  readonly port: number;
  readonly log: string;
}

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const isHealthy = (port: number, ca: string): Promise<boolean> =>
  new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/_ministack/health', ca: readFileSync(ca) }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once('error', () => resolve(false));
  });

/** Ends the whole process group, the functions' processes included. */
const end = async (child: ChildProcess): Promise<void> => {
  const { pid } = child;
  if (pid === undefined) return;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(-pid, signal);
      for (let wait = 0; wait < 20; wait += 1) {
        await sleep(100);
        process.kill(-pid, 0);
      }
    } catch {
      // No process of the group is left.
      return;
    }
  }
};

/**
 * Starts MiniStack with its IAM switched on, so that each function can do what its role allows and no more, and with TLS,
 * since our buckets refuse anything else.
 * @throws RehearsalStopped where it does not get ready
 */
export const startEmulator = async ({
  python: { bin, tls },
  directory,
  region,
  account,
  proxyPort,
  serverlessUrl,
  port,
  log,
}: EmulatorOptions): Promise<Emulator> => {
  const temporary = join(directory, 'tmp');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  // Functions in CommonJS are unpacked below here, where they would take this repository's package.json for theirs.
  writeFileSync(join(temporary, 'package.json'), '{}\n');
  const trust = {
    NODE_EXTRA_CA_CERTS: tls.ca,
    AWS_CA_BUNDLE: tls.ca,
    REQUESTS_CA_BUNDLE: tls.ca,
    SSL_CERT_FILE: tls.ca,
  };
  const aws = {
    AWS_ENDPOINT_URL: `https://127.0.0.1:${port}`,
    // Functions inherit it: they are processes of the emulator's.
    AWS_ENDPOINT_URL_EMR_SERVERLESS: serverlessUrl,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const output = openSync(log, 'a');
  const child = spawn(join(bin, 'python'), [new URL('emulator.py', import.meta.url).pathname], {
    detached: true,
    stdio: ['ignore', output, output],
    cwd: temporary,
    env: {
      ...aws,
      ...trust,
      PATH: [bin, process.env['PATH']].join(delimiter),
      HOME: temporary,
      TMPDIR: temporary,
      AUTH: 'true',
      USE_SSL: '1',
      MINISTACK_SSL_CERT: tls.cert,
      MINISTACK_SSL_KEY: tls.key,
      MINISTACK_REGION: region,
      MINISTACK_ACCOUNT_ID: account,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      // As on Lambda, where the runtime brings the SDK for functions that do not bundle it: the CDK's own.
      NODE_PATH: new URL('../../node_modules', import.meta.url).pathname,
      // Functions reach sign-in under its real names, which this proxy leads to the emulator.
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
      NO_PROXY: '127.0.0.1,localhost',
    },
  });
  const stop = () => end(child);
  for (let wait = 0; wait < 150; wait += 1) {
    if (child.exitCode !== null) break;
    if (await isHealthy(port, tls.ca)) return { port, env: { ...aws, ...trust }, stop };
    await sleep(200);
  }
  await stop();
  throw new RehearsalStopped(`The emulator did not get ready; its log is ${log}`);
};

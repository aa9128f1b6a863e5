import { connect, createServer, type Http2Server, type IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connect as connectSocket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { GetSessionEndpointCommand, TerminateSessionCommand } from '@aws-sdk/client-emr-serverless';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SessionExecutor } from '../../../local/connect/session-executor.ts';
import { openSessionGate } from '../../../local/connect/session-gate.ts';
import { startRig } from './rig.ts';

const EXECUTE = '/spark.connect.SparkConnectService/ExecutePlan';

/** A gRPC server that answers each call with its body, and ends it when told to; what it was sent stands in `seen`. */
const echo = async () => {
  const seen: IncomingHttpHeaders[] = [];
  const held: (() => void)[] = [];
  const server: Http2Server = createServer();
  server.on('stream', (stream, headers) => {
    seen.push(headers);
    stream.on('error', () => {});
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', 'grpc-message': 'fine' }));
    stream.on('data', (chunk: Uint8Array) => stream.write(chunk));
    held.push(() => stream.end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, seen, held, server };
};

const begin = async () => {
  const spark = await echo();
  const sessionExecutor: SessionExecutor = {
    run: (_session, { signal }, onListening) => {
      onListening(spark.port);
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ executed: true, exitCode: 143 }));
      });
    },
  };
  const rig = await startRig({ sessionExecutor });
  const applicationId = await rig.interactive();
  const sessionId = await rig.startSession(applicationId);
  const mint = async (id = sessionId) => {
    const answer = await rig.client.send(new GetSessionEndpointCommand({ applicationId, sessionId: id }));
    return { url: answer.endpoint ?? '', token: answer.authToken ?? '', expiresAt: answer.authTokenExpiresAt };
  };
  return { rig, spark, mint, applicationId, sessionId };
};

/** One call, as a gRPC client makes it. */
const call = (url: string, token: string | null, more: Readonly<Record<string, string>> = {}) => {
  const client = connect(url);
  client.on('error', () => {});
  onTestFinished(() => client.destroy());
  const headers = {
    ':method': 'POST',
    ':path': EXECUTE,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...(token !== null && { 'x-aws-proxy-auth': token }),
    ...more,
  };
  const stream = client.request(headers);
  stream.end('plan');
  stream.on('error', () => {});
  let answered: IncomingHttpHeaders = {};
  let trailers: IncomingHttpHeaders = {};
  let body = '';
  stream.on('response', (given) => void (answered = given));
  stream.on('trailers', (given) => void (trailers = given));
  stream.on('data', (chunk: Uint8Array) => void (body += Buffer.from(chunk).toString()));
  const ended = new Promise<void>((resolve) => {
    stream.once('close', resolve);
  });
  return {
    stream,
    ended,
    async result() {
      await ended;
      return { status: answered['grpc-status'] ?? trailers['grpc-status'], message: answered['grpc-message'], body };
    },
  };
};

describe('the endpoint of a session', () => {
  it('hands on calls with the right token, and neither the token nor the answer is changed on the way', async () => {
    const { rig, spark, mint, applicationId, sessionId } = await begin();
    const { url, token, expiresAt } = await mint();
    expect(expiresAt).toEqual(new Date(Date.now() + 3_600_000));
    const made = call(url, token);
    await expect.poll(() => spark.held.length).toBe(1);
    expect((await rig.session(applicationId, sessionId)).state).toBe('BUSY');
    spark.held[0]?.();
    expect(await made.result()).toMatchObject({ status: '0', body: 'plan' });
    expect(spark.seen[0]).toMatchObject({ ':path': EXECUTE, te: 'trailers' });
    expect(spark.seen[0]?.['x-aws-proxy-auth']).toBeUndefined();
    await expect.poll(async () => (await rig.session(applicationId, sessionId)).state).toBe('IDLE');
  });

  it('is for this machine alone', async () => {
    const { mint } = await begin();
    const { port } = new URL((await mint()).url);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    // Without a network there is no outside.
    const host = outside?.address ?? '127.0.0.2';
    const socket = connectSocket({ host, port: Number(port) });
    const outcome = await new Promise((resolve) => {
      socket.once('connect', () => resolve('connected'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    socket.destroy();
    expect(outcome).toBe('ECONNREFUSED');
  });

  it('refuses calls without a token, with a wrong one, and with that of another session', async () => {
    const { rig, spark, mint, applicationId } = await begin();
    const { url } = await mint();
    const other = await mint(await rig.startSession(applicationId));
    for (const token of [null, 'wrong', other.token]) {
      expect(await call(url, token).result()).toMatchObject({
        status: '16',
        message: encodeURIComponent('The token is missing, wrong or expired. Ask for a new one.'),
      });
    }
    expect(spark.seen).toEqual([]);
  });

  it('of a cluster asks for the id of the session besides, which is not handed on either', async () => {
    const spark = await echo();
    const gate = await openSessionGate({
      authorization: 'is-1',
      upstream: () => spark.port,
      admits: (token) => token === 'right',
      onBusy: () => {},
    });
    onTestFinished(() => gate.close());
    for (const more of [{}, { authorization: 'is-2' }])
      expect(await call(gate.url, 'right', more).result()).toMatchObject({ status: '16' });
    const made = call(gate.url, 'right', { authorization: 'is-1' });
    await expect.poll(() => spark.held.length).toBe(1);
    spark.held[0]?.();
    expect(await made.result()).toMatchObject({ status: '0', body: 'plan' });
    expect(spark.seen[0]).not.toHaveProperty('authorization');
  });

  it('refuses a token after an hour, but lets a call go on that began before; a new one opens again', async () => {
    const { rig, spark, mint } = await begin();
    const first = await mint();
    const made = call(first.url, first.token);
    await expect.poll(() => spark.held.length).toBe(1);
    await rig.advance(3599);
    const second = await mint();
    await rig.advance(1);
    expect(await call(first.url, first.token).result()).toMatchObject({ status: '16' });
    spark.held[0]?.();
    expect(await made.result()).toMatchObject({ status: '0', body: 'plan' });
    expect(second.url).toBe(first.url);
    const again = call(second.url, second.token);
    await expect.poll(() => spark.held.length).toBe(2);
    spark.held[1]?.();
    expect(await again.result()).toMatchObject({ status: '0' });
  });

  it('keeps the session from its idle end while a call goes on', async () => {
    const { rig, spark, mint, applicationId, sessionId } = await begin();
    const { url, token } = await mint();
    call(url, token);
    await expect.poll(() => spark.held.length).toBe(1);
    await rig.advance(3 * 3600);
    expect((await rig.session(applicationId, sessionId)).state).toBe('BUSY');
    spark.held[0]?.();
    await expect.poll(async () => (await rig.session(applicationId, sessionId)).state).toBe('IDLE');
    await rig.advance(3602);
    expect((await rig.session(applicationId, sessionId)).stateDetails).toBe('Session was idle for 60 minutes.');
  });

  it('closes with the session, calls and all', async () => {
    const { rig, spark, mint, applicationId, sessionId } = await begin();
    const { url, token } = await mint();
    const made = call(url, token);
    await expect.poll(() => spark.held.length).toBe(1);
    await rig.client.send(new TerminateSessionCommand({ applicationId, sessionId }));
    await made.ended;
    const refused = new Promise((resolve) => {
      connectSocket(Number(new URL(url).port), '127.0.0.1').once('error', resolve);
    });
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('says so where Spark is lost, and survives what is no gRPC', async () => {
    const { spark, mint } = await begin();
    const { url, token } = await mint();
    const socket = connectSocket(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    socket.end('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => {
      socket.once('close', resolve);
    });
    spark.server.close();
    expect(await call(url, token).result()).toMatchObject({ status: '14' });
  });

  it('says that there is no Spark where a session lives without', async () => {
    const rig = await startRig();
    const applicationId = await rig.interactive();
    const sessionId = await rig.startSession(applicationId);
    await rig.advance(5);
    const { endpoint = '', authToken = '' } = await rig.client.send(
      new GetSessionEndpointCommand({ applicationId, sessionId }),
    );
    expect(await call(endpoint, authToken).result()).toMatchObject({ status: '14', body: '' });
  });
});

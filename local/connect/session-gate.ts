import {
  connect,
  constants,
  createServer,
  type ClientHttp2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';

/** The metadata of a call that carries its token, as AWS's endpoint has it. */
const TOKEN = 'x-aws-proxy-auth';

const HOST = '127.0.0.1';

// https://grpc.io/docs/guides/status-codes/
const UNAVAILABLE = '14';
const UNAUTHENTICATED = '16';

interface GateOptions {
  /** What each call must carry in `authorization` besides; null: nothing. */
  readonly authorization: string | null;
  /** The port of Spark's own Connect server; null where no Spark runs. */
  readonly upstream: () => number | null;
  /** Whether a token opens this session now. */
  readonly admits: (token: string) => boolean;
  /** A call began, or the last one that went on has ended. */
  readonly onBusy: (isBusy: boolean) => void;
}

/** A session's endpoint. */
export interface SessionGate {
  readonly url: string;
  close(): Promise<void>;
}

const refuse = (stream: ServerHttp2Stream, status: string, message: string): void => {
  if (stream.destroyed || stream.headersSent) return;
  const headers = {
    ':status': 200,
    'content-type': 'application/grpc',
    'grpc-status': status,
    'grpc-message': encodeURIComponent(message),
  };
  stream.respond(headers, { endStream: true });
};

/** Headers of a call or of its answer, without what belongs to one connection, and without what opens the session. */
const forwarded = (headers: IncomingHttpHeaders): Record<string, string | string[] | undefined> => {
  const {
    [TOKEN]: _token,
    authorization: _authorization,
    ':status': _status,
    ':authority': _authority,
    connection: _connection,
    ...rest
  } = headers;
  return { ...rest };
};

/** Hands a call on, and its answer back: headers, data and trailers as they come. */
const pass = (call: ServerHttp2Stream, headers: IncomingHttpHeaders, spark: ClientHttp2Session): void => {
  const upstream = spark.request(forwarded(headers));
  let trailers: Record<string, string | string[] | undefined> = {};
  upstream.on('response', (answered, flags) => {
    if (call.destroyed) return;
    const isOnlyHeaders = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    const answer = { ':status': answered[':status'] ?? 200, ...forwarded(answered) };
    call.respond(answer, isOnlyHeaders ? { endStream: true } : { waitForTrailers: true });
    if (isOnlyHeaders) return;
    call.on('wantTrailers', () => call.sendTrailers(trailers));
    upstream.pipe(call);
  });
  upstream.on('trailers', (sent: IncomingHttpHeaders) => {
    trailers = forwarded(sent);
  });
  upstream.on('error', () => {
    refuse(call, UNAVAILABLE, 'The connection to Spark was lost.');
    if (call.headersSent && !call.closed) call.close(constants.NGHTTP2_INTERNAL_ERROR);
  });
  call.on('error', () => upstream.close(constants.NGHTTP2_CANCEL));
  call.on('close', () => {
    if (!upstream.closed) upstream.close(constants.NGHTTP2_CANCEL);
  });
  call.pipe(upstream);
};

/**
 * Opens the endpoint of a session on this machine: gRPC, of which it reads nothing but the token. Each call needs one
 * that is right and has not expired; a call that goes on is left alone.
 */
export const openSessionGate = async ({
  authorization,
  upstream,
  admits,
  onBusy,
}: GateOptions): Promise<SessionGate> => {
  const clients = new Set<ServerHttp2Session>();
  let spark: { readonly port: number; readonly session: ClientHttp2Session } | null = null;
  let calls = 0;

  const sparkAt = (port: number): ClientHttp2Session => {
    if (spark !== null && spark.port === port && !spark.session.closed && !spark.session.destroyed) {
      return spark.session;
    }
    const session = connect(`http://${HOST}:${port}`);
    // Each call that is under way is told of it.
    session.on('error', () => {});
    spark = { port, session };
    return session;
  };

  const follow = (call: ServerHttp2Stream): void => {
    calls += 1;
    if (calls === 1) onBusy(true);
    call.once('close', () => {
      calls -= 1;
      if (calls === 0) onBusy(false);
    });
  };

  const server = createServer();
  server.on('session', (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    client.on('error', () => {});
  });
  server.on('stream', (call, headers) => {
    call.on('error', () => {});
    const token = headers[TOKEN];
    if (typeof token !== 'string' || !admits(token)) {
      refuse(call, UNAUTHENTICATED, 'The token is missing, wrong or expired. Ask for a new one.');
      return;
    }
    if (authorization !== null && headers.authorization !== authorization) {
      refuse(call, UNAUTHENTICATED, 'The authorization is not the id of this session.');
      return;
    }
    const port = upstream();
    if (port === null) {
      refuse(call, UNAVAILABLE, 'No Spark runs behind this session.');
      return;
    }
    follow(call);
    pass(call, headers, sparkAt(port));
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.destroy();
        spark?.session.destroy();
      }),
  };
};

import { connect } from 'node:net';

/** What came of one request: a status, or how the connection ended. */
export type Outcome = number | 'closed' | 'abandoned' | 'silent';

export interface Malformed {
  readonly text: string;
  /** The client hangs up in the middle of it. */
  readonly isAbandoned: boolean;
}

const PATHS = [
  '/', '//[', '//', '///', '/%', '/%zz', '/%ff%fe', '/%00', '/..', '/../../etc/passwd', '/..%2f..%2fetc%2fpasswd',
  '/%2e%2e/%2e%2e/x', '/a/../..', '*', '', 'x', 'http://[', 'http://elsewhere/', '/[', '/\\', '/?', '/?%', '/?a=%zz',
  '/?a&a&a=1&__proto__=1', '/#', '/api/me', '/api/clusters', '/api/clusters/%2f', '/api/clusters?cursor=%00&limit=x',
  '/api/spark-jobs/__proto__', '/api/openapi.json/', '/auth/callback?code=x&state=%', '/auth/sign-in?returnTo=//e',
  '/local/', '/local/constructor', '/local/emr', '/local/jupyter?cluster=..', '/local/sign-in', '/local/clock',
  '/assets/..%2f..%2fpackage.json', '/oauth2/authorize', '/oauth2/authorize?client_id=%00', '/oauth2/token',
  '/oauth2/userInfo', '/oauth2/revoke', '/sign-in/', '/sign-in/x', '/logout', '/.well-known/openid-configuration/x',
  '/schedules/', '/schedules/x', '/schedules/%2f?groupName=%', '/schedule-groups/__proto__', '/store?since=x',
  '/get-emlContent', '/get-emlContent?messageId=x', '/v2/email/outbound-emails', '/v2/email/templates/x/render',
  '/uploads/x?X-Amz-Signature=x', '/uploads/x?X-Amz-Algorithm=x&X-Amz-Algorithm=y', '/uploads?list-type=2', '/uploads?delete',
  '/uploads/x?uploadId=../../x&partNumber=..', '/uploads/x?Signature=x&AWSAccessKeyId=S3RVER&Expires=x', '/uploads/x?acl&tagging',
] as const; // prettier-ignore

const METHODS = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'TRACE',
  'PROPFIND',
  'CONNECT',
  'BREW',
  'get',
  '',
];

const HEADERS = [
  'Authorization: AWS4-HMAC-SHA256 Credential=S3RVER/20260101/us-west-2/s3/aws4_request, SignedHeaders=host, Signature=0',
  'Authorization: AWS4-HMAC-SHA256', 'Authorization: AWS S3RVER:x', 'Authorization: AWS4-HMAC-SHA256 Credential=,SignedHeaders=,Signature=',
  'Authorization: Bearer x', 'Authorization: \u00e9', 'Cookie: session=%; ;=;__proto__=1', `Cookie: ${'a=b; '.repeat(2000)}`,
  'X-Amz-Target: ElasticMapReduce.RunJobFlow', 'X-Amz-Target: DynamoDB_20120810.PutItem', 'X-Amz-Target: AWSStepFunctions.__proto__',
  'X-Amz-Target: AWSEvents.PutEvents', 'X-Amz-Target: AWSStepFunctions.StartExecution', 'X-Amz-Target: .', 'X-Amz-Date: x', 'X-Amz-Copy-Source: %zz',
  'Content-Type: application/x-amz-json-1.1', 'Content-Type: application/x-amz-json-1.0', 'Content-Type: application/json; charset=x',
  'Content-Type: multipart/form-data', 'Content-Type: multipart/form-data; boundary=x', 'Content-Type: application/x-www-form-urlencoded',
  'Content-Type: ;;', 'Content-Encoding: gzip', 'Content-Encoding: br', 'Expect: 100-continue', 'Expect: x', 'Upgrade: websocket\r\nConnection: Upgrade',
  'Origin: null', 'Origin: http://[', 'Sec-Fetch-Site: cross-site', 'Range: bytes=9-1', 'Range: x', 'If-None-Match: "', 'If-Modified-Since: x',
  'Accept: x', 'X-Forwarded-For: %', 'no colon', ': empty', 'Bad Name: x', 'Line: a\rb', `Long: ${'x'.repeat(9000)}`, `Longer: ${'x'.repeat(40_000)}`,
] as const; // prettier-ignore

const BODIES = [
  '', '{', '}', 'null', '[]', '1', '"text"', '{}', '{"__proto__":1}', '{"a":', '['.repeat(20_000), '{"a":'.repeat(5000),
  '{"advance":1}', '{"email":{}}', '{"Entries":[null]}', '{"TableName":1}', '{"TableName":"x","Item":{"a":{"N":"x"}}}', '{"Name":null,"Instances":[]}',
  '{"stateMachineArn":{},"name":[]}', '{"Content":{"Simple":null},"Destination":[]}', '{"Destination":{"ToAddresses":"x"},"Content":{}}',
  '\u0000\u0001\u0002', '\u00ff\u00fe\u00fd', '<Delete><Object><Key>../x</Key></Object></Delete>', '<a', 'a=%zz&b', 'email=%00&email=x', '&&&=',
  '--x\r\nContent-Disposition: form-data; name="key"\r\n\r\n../../x\r\n--x--\r\n', '--x\r\n\r\n', '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na\r\n--x--\r\n',
  `{"text":"${'x'.repeat(100_000)}"}`,
] as const; // prettier-ignore

const HOSTS = [
  'localhost',
  'localhost',
  'localhost',
  '127.0.0.1',
  '[::1]',
  'evil.example.com',
  '[',
  '',
  'a b',
  'localhost:99999',
  'x'.repeat(300),
];

/** What HTTP and the guard let pass, so that the servers themselves have something to refuse. */
const PLAUSIBLE = {
  paths: PATHS.filter((path) => /^\/(?!\/|%|\.|\[)/.test(path) && !path.includes('%00')),
  methods: ['POST', 'POST', 'GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'],
  headers: HEADERS.filter((header) => /^[\w-]+: [ -~]{1,200}$/.test(header) && !/^(Expect|Upgrade)/.test(header)),
  hosts: ['localhost'],
};
const ANY = { paths: PATHS, methods: METHODS, headers: HEADERS, hosts: HOSTS };

/** Requests that a client should not send, the same ones for the same seed. */
export const malformedRequests = (seed: number): (() => Malformed) => {
  let state = seed;
  // Mulberry32.
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const bodyHeaders = (body: string): string => {
    const kind = random();
    if (kind < 0.7) return `Content-Length: ${body.length}\r\n\r\n${body}`;
    if (kind < 0.8) return `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    if (kind < 0.85) return `Transfer-Encoding: chunked\r\n\r\nzz\r\n${body}`;
    if (kind < 0.9) return `Content-Length: -1\r\n\r\n${body}`;
    if (kind < 0.95) return `Content-Length: ${body.length}\r\nContent-Length: 1\r\n\r\n${body}`;
    return `Content-Length: ${body.length + 100}\r\n\r\n${body}`;
  };
  return () => {
    const isPlausible = random() < 0.7;
    const { paths, methods, headers, hosts } = isPlausible ? PLAUSIBLE : ANY;
    const version = isPlausible || random() < 0.8 ? 'HTTP/1.1' : one(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '', 'x']);
    const lines = Array.from({ length: Math.floor(random() * 4) }, () => `${one(headers)}\r\n`).join('');
    const body = one(BODIES);
    const rest = isPlausible ? `Content-Length: ${body.length}\r\n\r\n${body}` : bodyHeaders(body);
    const text = `${one(methods)} ${one<string>(paths)} ${version}\r\nHost: ${one(hosts)}\r\n${lines}${rest}`;
    if (random() < 0.05) return { text: text.slice(0, Math.floor(random() * text.length)), isAbandoned: true };
    return { text, isAbandoned: false };
  };
};

/** Longer than any of these takes to answer; what is waited for then is the rest of a request that never comes. */
const SILENCE_MS = 1000;

/** Sends the bytes as they are and waits for the status of the answer. */
export const send = (port: number, { text, isAbandoned }: Malformed): Promise<Outcome> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (outcome: Outcome): void => {
      resolve(outcome);
      socket.destroy();
    };
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
      if (status === 100) answer = answer.replace(/^HTTP\/1\.1 100[^\n]*\r\n\r\n/, '');
      else if (status > 100) end(status);
    });
    socket.once('close', () => end('closed'));
    socket.on('error', () => end('closed'));
    socket.setTimeout(SILENCE_MS, () => end('silent'));
    socket.write(Buffer.from(text, 'latin1'), () => {
      if (isAbandoned) end('abandoned');
    });
  });

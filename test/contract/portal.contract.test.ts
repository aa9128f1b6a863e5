import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { logger } from '../../functions/runtime/logger.ts';
import { ENVIRONMENT, type Setting } from '../../shared/contract/environment.ts';
import { serveIdentity } from '../../local/identity/identity-provider.ts';
import { listen, type RunningServer } from '../../local/server.ts';
import { signIn } from '../../local/sign-in.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Just enough of the HTTP API for routes without path parameters. */
const serveHandler = (server: http.Server, handler: Handler): void => {
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    const { cookie, ...headers } = request.headers;
    const event = {
      routeKey: `${method} ${url.pathname}`,
      rawPath: url.pathname,
      headers,
      cookies: cookie?.split('; ') ?? [],
      queryStringParameters: Object.fromEntries(url.searchParams),
      requestContext: { requestId: 'r', http: { method } },
    } as unknown as APIGatewayProxyEventV2;
    void handler(event, {} as Context).then((result) => {
      response.writeHead(result.statusCode ?? 200, {
        ...(result.headers as http.OutgoingHttpHeaders),
        'set-cookie': result.cookies ?? [],
      });
      response.end(result.body);
    });
  });
};

let directory: string;
let dynamoDb: TestDynamoDb;
let portal: RunningServer;
let identity: RunningServer;

beforeAll(async () => {
  vi.spyOn(logger, 'info').mockReturnValue(undefined);
  directory = mkdtempSync(path.join(tmpdir(), 'atmo-session-'));
  dynamoDb = await startDynalite();
  const table = await dynamoDb.newTable();
  const portalServer = http.createServer();
  const identityServer = http.createServer();
  portal = await listen(portalServer, 0);
  identity = await listen(identityServer, 0);
  serveIdentity(identityServer, identity, directory, {
    userPoolId: 'us-west-2_local',
    clientId: 'portal',
    callbackUrls: [`${portal.url}/auth/callback`],
    logoutUrls: [`${portal.url}/`],
    scopes: ['openid', 'email', 'profile'],
    idTokenSeconds: 3600,
    refreshTokenSeconds: 86_400,
  });
  const settings: Partial<Record<Setting, string>> = {
    table: table.name,
    environment: 'test',
    version: '2026.11.0',
    commit: 'abc123',
    publicUrl: portal.url,
    originKey: '',
    companyDomain: 'example.com',
    stageSettings: JSON.stringify({ helpLinks: [] }),
    mailFrom: 'atmo@example.com',
    oidcIssuer: identity.url,
    oidcJwksUrl: `${identity.url}/.well-known/jwks.json`,
    oidcAuthorizeUrl: `${identity.url}/oauth2/authorize`,
    oidcTokenUrl: `${identity.url}/oauth2/token`,
    oidcLogoutUrl: `${identity.url}/logout`,
    oidcClientId: 'portal',
    allowedRemoteGroups: '',
    cookiePrefix: '',
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(ENVIRONMENT[name as Setting], value);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', dynamoDb.url);
  vi.stubEnv('AWS_REGION', 'us-west-2');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  const { handler } = await import('../../functions/portal/portal.lambda.ts');
  serveHandler(portalServer, handler);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await Promise.all([portal.close(), identity.close(), dynamoDb.stop()]);
  rmSync(directory, { recursive: true });
});

const jarOf = (setCookies: readonly string[]): string =>
  setCookies
    .filter((cookie) => !cookie.includes('Max-Age=0'))
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const get = (route: string, cookie = '', { method = 'GET', headers = {} }: Sent = {}): Promise<Response> =>
  fetch(`${portal.url}${route}`, { redirect: 'manual', method, headers: { cookie, ...headers } });

describe('a session, from the sign-in page to signing out', () => {
  it('is the person who signed in', async () => {
    const cookie = jarOf(await signIn(portal.url, 'maintainer@example.com'));
    const response = await get('/api/me', cookie);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      username: 'maintainer',
      email: 'maintainer@example.com',
      groups: ['cluster-maintainers', 'job-maintainers'],
      environment: 'test',
      version: '2026.11.0',
    });
  });

  it('renews itself with the refresh token, and ends when that is revoked', async () => {
    const cookie = jarOf(await signIn(portal.url, 'alice@example.com'));
    const refreshAlone = cookie.split('; ').filter((pair) => pair.startsWith('atmo-refresh='));
    expect(refreshAlone).toHaveLength(1);
    const renewed = await get('/api/me', refreshAlone[0]);
    expect(renewed.status).toBe(200);
    const next = jarOf(renewed.headers.getSetCookie());
    expect(next).toMatch(/^atmo-id=/);
    expect((await get('/api/me', next)).status).toBe(200);

    const signedOut = await get('/auth/sign-out', cookie, { method: 'POST', headers: { origin: portal.url } });
    expect(signedOut.status).toBe(302);
    expect(signedOut.headers.getSetCookie()).toHaveLength(2);
    expect(jarOf(signedOut.headers.getSetCookie())).toBe('');
    const left = await fetch(signedOut.headers.get('location') ?? '', { redirect: 'manual' });
    expect(left.headers.get('location')).toBe(`${portal.url}/`);
    expect((await get('/api/me', refreshAlone[0])).status).toBe(401);
  });

  it('is not ended by another site', async () => {
    const foreign = { method: 'POST', headers: { origin: 'https://evil.example.com' } };
    expect((await get('/auth/sign-out', '', foreign)).status).toBe(403);
    const embedded = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } };
    expect((await get('/auth/sign-out', '', embedded)).status).toBe(403);
  });

  it('is asked for with problem details where there is none', async () => {
    for (const cookie of ['', 'atmo-id=x', 'atmo-id=x; atmo-refresh=y']) {
      const response = await get('/api/me', cookie);
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toMatchObject({ status: 401, title: 'Not signed in', requestId: 'r' });
    }
  });

  it('is not begun by a callback out of the blue', async () => {
    const response = await get('/auth/callback?code=x&state=y');
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('href="/auth/sign-in"');
  });
});

describe('the pages for machines', () => {
  it('answer without a session', async () => {
    expect(await (await get('/__version__')).json()).toMatchObject({ version: '2026.11.0', commit: 'abc123' });
    expect(await (await get('/__lbheartbeat__')).json()).toEqual({});
    const heartbeat = await get('/__heartbeat__');
    expect(heartbeat.status).toBe(200);
    expect(await heartbeat.json()).toEqual({ status: 'ok', checks: { table: 'ok', signIn: 'ok' } });
    expect(await (await get('/api/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
  });
});

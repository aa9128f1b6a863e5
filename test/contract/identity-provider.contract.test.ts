import { generateKeyPairSync, sign as signWith, type KeyObject } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { JwtVerifier } from 'aws-jwt-verify/jwt-verifier';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';

import { logger } from '../../functions/runtime/logger.ts';
import { oidcIdentityProvider } from '../../functions/adapters/oidc-identity-provider.ts';
import type { SignInSettings } from '../../functions/sign-in/sign-in-settings.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

interface Answer {
  readonly status: number;
  readonly body: string;
}

let server: http.Server;
let settings: SignInSettings;
let keyRequests = 0;
let tokenAnswer: Answer;
const sent: { path: string; form: Record<string, string> }[] = [];

beforeAll(async () => {
  vi.spyOn(logger, 'info').mockReturnValue(undefined);
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/jwks.json') {
        keyRequests += 1;
        response.end(
          JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] }),
        );
        return;
      }
      sent.push({ path: request.url ?? '', form: Object.fromEntries(new URLSearchParams(body)) });
      response.writeHead(tokenAnswer.status).end(tokenAnswer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  settings = {
    publicUrl: 'https://atmo.example.com',
    originKey: '',
    companyDomain: 'example.com',
    stageSettings: '{}',
    oidcIssuer: 'https://id.example.com/pool',
    oidcJwksUrl: `${origin}/jwks.json`,
    oidcAuthorizeUrl: 'https://id.example.com/oauth2/authorize',
    oidcTokenUrl: `${origin}/oauth2/token`,
    oidcLogoutUrl: 'https://id.example.com/logout',
    oidcClientId: 'portal',
    allowedRemoteGroups: '',
    cookiePrefix: '__Host-',
  };
});
afterAll(() => {
  vi.restoreAllMocks();
  server.close();
});

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

const jwt = (claims: object = {}, header: object = {}, key: KeyObject = privateKey): string => {
  const payload = {
    iss: 'https://id.example.com/pool',
    aud: 'portal',
    sub: 'a-uuid',
    token_use: 'id',
    email: 'alice@example.com',
    email_verified: true,
    exp: nowSeconds() + 3600,
    iat: nowSeconds(),
    ...claims,
  };
  const content = `${base64url({ alg: 'RS256', kid: 'k1', ...header })}.${base64url(payload)}`;
  return `${content}.${signWith('RSA-SHA256', Buffer.from(content), key).toString('base64url')}`;
};

describe('verifying ID tokens', () => {
  it('reads who it is from a token of the provider, and fetches the keys once', async () => {
    const provider = oidcIdentityProvider(settings);
    const exp = nowSeconds() + 60;
    const token = jwt({ exp, nonce: 'n', 'cognito:groups': ['admins'], 'custom:groups': '[data, "research"]' });
    const before = keyRequests;
    for (let time = 0; time < 3; time += 1) {
      expect(await provider.verify(token)).toEqual({
        subject: 'a-uuid',
        email: 'alice@example.com',
        isEmailVerified: true,
        groups: ['admins'],
        remoteGroups: ['data', 'research'],
        nonce: 'n',
        expiresAt: new Date(exp * 1000).toISOString(),
      });
    }
    expect(keyRequests - before).toBe(1);
  });

  it('looks at a signature once a minute, and at the expiry each time', async () => {
    const looks = vi.spyOn(JwtVerifier, 'create');
    onTestFinished(() => {
      looks.mockRestore();
      vi.useRealTimers();
    });
    vi.useFakeTimers({ toFake: ['Date'] });
    const provider = oidcIdentityProvider(settings);
    const verify = vi.spyOn(looks.mock.results[0]?.value as { verify: (token: string) => unknown }, 'verify');
    const token = jwt({ exp: nowSeconds() + 90 });
    const after = async (seconds: number) => {
      vi.setSystemTime(Date.now() + seconds * 1000);
      const claims = await provider.verify(token);
      return [typeof claims === 'string' ? claims : claims.email, verify.mock.calls.length];
    };
    expect(await after(0)).toEqual(['alice@example.com', 1]);
    expect(await after(59)).toEqual(['alice@example.com', 1]);
    expect(await after(2)).toEqual(['alice@example.com', 2]);
    expect(await after(29)).toEqual(['expired', 2]);
  });

  const unsigned = `${base64url({ alg: 'none', kid: 'k1' })}.${base64url({ email: 'alice@example.com', token_use: 'id' })}.`;
  it.each<[string, () => string]>([
    ['one without an expiry', () => jwt({ exp: undefined })],
    ['another issuer’s', () => jwt({ iss: 'https://id.example.com/other' })],
    ['another client’s', () => jwt({ aud: 'other' })],
    ['an access token', () => jwt({ token_use: 'access' })],
    ['one that does not say what it is for', () => jwt({ token_use: undefined })],
    ['one without a subject', () => jwt({ sub: undefined })],
    ['an expired one that a stranger signed', () => jwt({ exp: nowSeconds() - 1 }, {}, stranger)],
    ['one without an address', () => jwt({ email: undefined })],
    ['one that a stranger signed', () => jwt({}, {}, stranger)],
    ['one of an unknown key', () => jwt({}, { kid: 'k2' })],
    ['one with another algorithm in it', () => jwt({}, { alg: 'HS256' })],
    ['an unsigned one', () => unsigned],
    ['one that was changed', () => jwt().replace(/\.[^.]+\./, `.${base64url({ email: 'admin@example.com' })}.`)],
    ['no token at all', () => 'x'],
    ['nothing', () => ''],
  ])('refuses %s', async (_what, token) => {
    expect(await oidcIdentityProvider(settings).verify(token())).toBe('invalid');
  });

  it('looks at one that it refused each time, and logs why', async () => {
    const provider = oidcIdentityProvider({ ...settings, oidcIssuer: 'https://id.example.com/other' });
    const foreign = jwt();
    const logged = vi.mocked(logger.info).mock.calls.length;
    for (let time = 0; time < 3; time += 1) expect(await provider.verify(foreign)).toBe('invalid');
    expect(vi.mocked(logger.info).mock.calls.length - logged).toBe(3);
  });

  it('tells an expired one apart, whose session may go on', async () => {
    expect(await oidcIdentityProvider(settings).verify(jwt({ exp: nowSeconds() - 1 }))).toBe('expired');
  });

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [undefined, false],
  ])('reads email_verified %j as %j', async (email_verified, isEmailVerified) => {
    expect(await oidcIdentityProvider(settings).verify(jwt({ email_verified }))).toMatchObject({ isEmailVerified });
  });

  it.each([
    "o'brien+spark@example.com",
    '"quoted name@home"@example.com',
    'żółć@bücher.example',
    `${'l'.repeat(242)}@example.com`,
  ])('takes the address %s', async (email) => {
    expect(await oidcIdentityProvider(settings).verify(jwt({ email }))).toMatchObject({ email });
  });

  it.each(['nobody', 'a\n@example.com', 'a@example.com\u2028Bcc: b@example.com', `${'l'.repeat(243)}@example.com`])(
    'refuses what is no address: %j',
    async (email) => {
      expect(await oidcIdentityProvider(settings).verify(jwt({ email }))).toBe('invalid');
    },
  );

  it('does not sign people out because the keys cannot be fetched', async () => {
    const provider = oidcIdentityProvider({
      ...settings,
      oidcJwksUrl: settings.oidcJwksUrl.replace('jwks', 'nothing'),
    });
    tokenAnswer = { status: 500, body: '' };
    await expect(provider.verify(jwt())).rejects.toMatchObject({ name: 'AwsFailed' });
    const unreachable = oidcIdentityProvider({ ...settings, oidcJwksUrl: 'http://127.0.0.1:1/jwks.json' });
    await expect(unreachable.verify(jwt())).rejects.toMatchObject({ name: 'AwsFailed' });
  });
});

describe('the endpoints of the provider', () => {
  it('get the parameters of the code flow with PKCE', () => {
    const url = new URL(oidcIdentityProvider(settings).authorizeUrl({ state: 's', nonce: 'n', codeChallenge: 'c' }));
    expect(url.origin + url.pathname).toBe('https://id.example.com/oauth2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'portal',
      redirect_uri: 'https://atmo.example.com/auth/callback',
      scope: 'openid email profile',
      state: 's',
      nonce: 'n',
      code_challenge: 'c',
      code_challenge_method: 'S256',
    });
  });

  it('get codes, refresh tokens and revocations', async () => {
    const provider = oidcIdentityProvider(settings);
    tokenAnswer = { status: 200, body: '{"id_token":"i","access_token":"a","refresh_token":"r"}' };
    expect(await provider.exchangeCode('code', 'verifier')).toEqual({ idToken: 'i', refreshToken: 'r' });
    tokenAnswer = { status: 200, body: '{"id_token":"i"}' };
    expect(await provider.refresh('r')).toEqual({ idToken: 'i', refreshToken: null });
    tokenAnswer = { status: 200, body: '' };
    await provider.revoke('r');
    expect(sent.slice(-3)).toEqual([
      {
        path: '/oauth2/token',
        form: {
          grant_type: 'authorization_code',
          client_id: 'portal',
          redirect_uri: 'https://atmo.example.com/auth/callback',
          code: 'code',
          code_verifier: 'verifier',
        },
      },
      { path: '/oauth2/token', form: { grant_type: 'refresh_token', client_id: 'portal', refresh_token: 'r' } },
      { path: '/oauth2/revoke', form: { client_id: 'portal', token: 'r', token_type_hint: 'refresh_token' } },
    ]);
  });

  it('tell a refused grant from their own trouble', async () => {
    const provider = oidcIdentityProvider(settings);
    tokenAnswer = { status: 400, body: '{"error":"invalid_grant"}' };
    expect(await provider.exchangeCode('used', 'v')).toBeNull();
    expect(await provider.refresh('revoked')).toBeNull();
    for (const [answer, name] of [
      [{ status: 400, body: '{"error":"invalid_client"}' }, 'AwsFailed'],
      [{ status: 500, body: '<html>' }, 'AwsFailed'],
      [{ status: 200, body: '{"access_token":"a"}' }, 'AwsFailed'],
      [{ status: 429, body: '' }, 'AwsThrottled'],
    ] as const) {
      tokenAnswer = answer;
      await expect(provider.refresh('r')).rejects.toMatchObject({ name });
    }
    const unreachable = oidcIdentityProvider({ ...settings, oidcTokenUrl: 'http://127.0.0.1:1/oauth2/token' });
    await expect(unreachable.exchangeCode('c', 'v')).rejects.toMatchObject({ name: 'AwsFailed' });
  });
});

import { describe, expect, it, vi } from 'vitest';

import type { HttpRequest } from '../../../functions/runtime/http-request.ts';
import type { IdentityClaims, IdentityProvider } from '../../../functions/ports/identity-provider.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import { personOf } from '../../../functions/sign-in/person-of.ts';
import { sessionCookies } from '../../../functions/sign-in/session-cookies.ts';
import { completeSignIn } from '../../../functions/sign-in/complete-sign-in.ts';
import { signIn } from '../../../functions/sign-in/sign-in.ts';
import { signOut } from '../../../functions/sign-in/sign-out.ts';
import { AwsFailed } from '../../../shared/domain/errors.ts';
import { fakeIdentityProvider } from '../../fakes/fake-identity-provider.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { readFake } from '../../fakes/settings.ts';

const alice: IdentityClaims = {
  subject: 'sub-alice',
  email: 'alice@example.com',
  isEmailVerified: true,
  groups: [],
  remoteGroups: ['data'],
  nonce: null,
  expiresAt: '2026-11-23T07:00:00.000Z',
};
const BEGIN_AGAIN = { status: 400, body: expect.stringContaining('Sign in again') as string };

/** Cookies as a browser keeps them: by name, gone with Max-Age 0. */
const jarOf = (setCookies: readonly string[] = [], jar: Record<string, string> = {}): Record<string, string> => {
  for (const cookie of setCookies) {
    const [, name = '', value = '', age = ''] = /^([^=]+)=([^;]*);.*Max-Age=(\d+)/.exec(cookie) ?? [];
    if (age === '0') delete jar[name];
    else jar[name] = value;
  }
  return jar;
};
const requestWith = (cookies: Record<string, string>): HttpRequest => ({ method: 'GET', headers: {}, cookies });

interface SetUp {
  readonly allowedRemoteGroups?: string;
  readonly overrides?: Partial<IdentityProvider>;
}

const setUp = ({ allowedRemoteGroups = '', overrides = {} }: SetUp = {}) => {
  const provider = { ...fakeIdentityProvider(() => '2026-11-23T06:00:00.000Z'), ...overrides };
  const cookies = sessionCookies({ cookiePrefix: '__Host-', publicUrl: 'https://atmo.example.com' });
  const people = fakePersonRepository();
  const complete = completeSignIn({
    provider,
    cookies,
    personOf: personOf({ allowedRemoteGroups, settings: readFake() }),
    people,
    clock: { now: () => '2026-11-23T06:00:00.000Z' },
  });
  const begin = async (returnTo?: string) => {
    const { headers, cookies: set } = await signIn({ provider, cookies })({ returnTo });
    const url = headers['location'] ?? '';
    return { url, state: new URL(url).searchParams.get('state') ?? '', jar: jarOf(set), set };
  };
  return { provider, cookies, people, begin, complete, signOut: signOut({ provider, cookies }) };
};

describe('signing in', () => {
  it('sends the browser away with state, nonce and a challenge, and remembers them for ten minutes', async () => {
    const { begin } = setUp();
    const first = await begin('/clusters');
    const parameters = new URL(first.url).searchParams;
    for (const name of ['state', 'nonce', 'code_challenge']) expect(parameters.get(name)).toMatch(/^[\w-]{43}$/);
    expect(first.set).toEqual([
      expect.stringMatching(/^__Host-atmo-sign-in=[^;]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/),
    ]);
    expect((await begin()).state).not.toBe(first.state);
  });

  it('comes back to where it began, with the session in two cookies and nothing else left', async () => {
    const { provider, begin, complete } = setUp();
    const { url, state, jar } = await begin('/clusters?status=all');
    const answer = await complete({ code: provider.grantCode(url, alice), state }, requestWith(jar));
    expect(answer.headers['location']).toBe('/clusters?status=all');
    expect(answer.status).toBeUndefined();
    const kept = answer.cookies ?? [];
    for (const cookie of kept) expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
    expect(Object.keys(jarOf(kept, { ...jar }))).toEqual(['__Host-atmo-id', '__Host-atmo-refresh']);
  });

  it('never leaves the portal afterwards', async () => {
    const { provider, begin, complete } = setUp();
    const { url, state, jar } = await begin('//evil.example.com');
    const answer = await complete({ code: provider.grantCode(url, alice), state }, requestWith(jar));
    expect(answer.headers['location']).toBe('/');
  });

  it('never leaves the portal, whatever path the browser’s cookie holds by then', async () => {
    const { provider, begin, complete } = setUp();
    const { url, state, jar } = await begin('/clusters');
    const name = '__Host-atmo-sign-in';
    const kept = JSON.parse(Buffer.from(decodeURIComponent(jar[name] ?? ''), 'base64url').toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...kept, returnTo: 'https://evil.example.com' })).toString(
      'base64url',
    );
    const answer = await complete({ code: provider.grantCode(url, alice), state }, requestWith({ [name]: changed }));
    expect(answer.headers['location']).toBe('/');
  });

  it('records who signed in, by the provider’s id, and what changed since', async () => {
    const { provider, people, begin, complete } = setUp();
    const signInAs = async (claims: IdentityClaims) => {
      const { url, state, jar } = await begin();
      await complete({ code: provider.grantCode(url, claims), state }, requestWith(jar));
    };
    await signInAs(alice);
    expect(await people.get('sub-alice')).toMatchObject({ username: 'alice', email: 'alice@example.com', groups: [] });
    await signInAs({ ...alice, email: 'alice.smith@example.com', groups: ['admins'] });
    expect(await people.get('sub-alice')).toMatchObject({ username: 'alice.smith', groups: ['admins'], version: 2 });
  });

  it('lets nobody in whose address is not verified', async () => {
    const { provider, people, begin, complete } = setUp();
    const { url, state, jar } = await begin();
    const code = provider.grantCode(url, { ...alice, isEmailVerified: false });
    const answer = await complete({ code, state }, requestWith(jar));
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('alice@example.com is not verified');
    expect(jarOf(answer.cookies)).toEqual({});
    await expect(people.get('sub-alice')).rejects.toMatchObject({ name: 'NotFound' });
  });

  it.each<[string, (sent: { code: string; state: string }) => { code?: string; state?: string }]>([
    ['another state', ({ code }) => ({ code, state: 'other' })],
    ['no state', ({ code }) => ({ code })],
    ['no code', ({ state }) => ({ state })],
    ['a code that the provider does not know', ({ state }) => ({ code: 'unknown', state })],
  ])('begins again after %s', async (_what, changed) => {
    const { provider, begin, complete } = setUp();
    const { url, state, jar } = await begin();
    const answer = await complete(changed({ code: provider.grantCode(url, alice), state }), requestWith(jar));
    expect(answer).toMatchObject(BEGIN_AGAIN);
    expect(jarOf(answer.cookies)).toEqual({});
  });

  it.each([
    [{}],
    [{ '__Host-atmo-sign-in': 'bm90IGpzb24' }],
    [{ '__Host-atmo-sign-in': 'e30' }],
    [{ '__Host-atmo-sign-in': '%' }],
  ])('begins again in a browser that did not begin it: %j', async (cookies) => {
    const { provider, begin, complete } = setUp();
    const { url, state } = await begin();
    const answer = await complete({ code: provider.grantCode(url, alice), state }, requestWith(cookies));
    expect(answer).toMatchObject(BEGIN_AGAIN);
  });

  it('redeems no code twice, nor one of another sign-in', async () => {
    const { provider, begin, complete } = setUp();
    const mine = await begin();
    const code = provider.grantCode(mine.url, alice);
    await complete({ code, state: mine.state }, requestWith(mine.jar));
    expect(await complete({ code, state: mine.state }, requestWith(mine.jar))).toMatchObject(BEGIN_AGAIN);
    const other = await begin();
    const stolen = provider.grantCode(other.url, alice);
    expect(await complete({ code: stolen, state: mine.state }, requestWith(mine.jar))).toMatchObject(BEGIN_AGAIN);
  });

  it('takes no ID token of another sign-in', async () => {
    const { provider, begin, complete } = setUp();
    const { url, state, jar } = await begin();
    const code = provider.grantCode(url, { ...alice, nonce: 'of another sign-in' });
    expect(await complete({ code, state }, requestWith(jar))).toMatchObject(BEGIN_AGAIN);
  });

  it('shows what the provider says, as text', async () => {
    const { begin, complete } = setUp();
    const { state, jar } = await begin();
    const callback = { state, error: 'access_denied', error_description: '<script>alert(1)</script>' };
    const answer = await complete(callback, requestWith(jar));
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(answer.body).not.toContain('<script>');
  });

  it('shows no text of strangers: an error without our state is none', async () => {
    const answer = await setUp().complete({ error: 'x', error_description: 'Call this number' }, requestWith({}));
    expect(answer).toMatchObject(BEGIN_AGAIN);
    expect(answer.body).not.toContain('Call this number');
  });

  it.each([
    ['research, data', 302],
    ['research', 403],
  ])('lets in members of %s alone', async (allowedRemoteGroups, status) => {
    const { provider, begin, complete } = setUp({ allowedRemoteGroups });
    const { url, state, jar } = await begin();
    const answer = await complete({ code: provider.grantCode(url, alice), state }, requestWith(jar));
    expect(answer.status ?? 302).toBe(status);
    expect(Object.keys(jarOf(answer.cookies))).toHaveLength(status === 302 ? 2 : 0);
  });

  it('says so where the provider does not answer', async () => {
    const error = vi.spyOn(logger, 'error').mockReturnValue(undefined);
    const exchangeCode = () => Promise.reject(new AwsFailed('The sign-in service does not answer.'));
    const { begin, complete } = setUp({ overrides: { exchangeCode } });
    const { state, jar } = await begin();
    const answer = await complete({ code: 'c', state }, requestWith(jar));
    expect(answer).toMatchObject({ status: 502, body: expect.stringContaining('does not answer') as string });
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });

  it('says so where the tokens are too large for cookies', async () => {
    const { provider, begin, complete } = setUp();
    const { url, state, jar } = await begin();
    const groups = Array.from({ length: 300 }, (_, index) => `group-${index}-of-many`);
    const answer = await complete({ code: provider.grantCode(url, { ...alice, groups }), state }, requestWith(jar));
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('more groups') as string });
    expect(jarOf(answer.cookies)).toEqual({});
  });
});

describe('signing out', () => {
  it('clears the cookies, revokes the refresh token and goes on to the provider', async () => {
    const { provider, cookies, signOut: end } = setUp();
    provider.allowRefresh('r', alice);
    const jar = jarOf(cookies.keep({ idToken: provider.sign(alice), refreshToken: 'r' }));
    const answer = await end({}, requestWith(jar));
    expect(answer.headers['location']).toBe('https://id.example.com/logout');
    expect(jarOf(answer.cookies, jar)).toEqual({});
    expect(await provider.refresh('r')).toBeNull();
  });

  it('lets people go who are not signed in, and where revoking fails', async () => {
    const warn = vi.spyOn(logger, 'warn').mockReturnValue(undefined);
    const { signOut: end } = setUp({ overrides: { revoke: () => Promise.reject(new AwsFailed('down')) } });
    for (const jar of [{}, { '__Host-atmo-refresh': 'r' }]) {
      expect((await end({}, requestWith(jar))).headers['location']).toBe('https://id.example.com/logout');
    }
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });
});

describe('the cookies on plain http', () => {
  it('lack only what plain http forbids', () => {
    const cookies = sessionCookies({ cookiePrefix: '', publicUrl: 'http://localhost:3000' });
    expect(cookies.keep({ idToken: 'i', refreshToken: null })).toEqual([
      'atmo-id=i; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax',
    ]);
  });

  it('are secure on https without the prefix', () => {
    const cookies = sessionCookies({ cookiePrefix: '', publicUrl: 'https://atmo.example.com' });
    expect(cookies.clear()).toEqual([
      'atmo-id=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
      'atmo-refresh=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
    ]);
  });
});

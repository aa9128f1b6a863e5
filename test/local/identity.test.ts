import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  CognitoIdentityProviderClient,
  ListUsersCommand,
  type ListUsersCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import { JwtRsaVerifier } from 'aws-jwt-verify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { serveIdentity } from '../../local/identity/identity-provider.ts';
import type { People } from '../../local/identity/people.ts';
import { rememberedPorts, type RunningServer } from '../../local/server.ts';
import { credentials, region } from './client-options.ts';

const CALLBACK = 'http://localhost:3000/auth/callback';
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

interface Tokens {
  id_token: string;
  refresh_token: string;
}

describe('the local identity provider', () => {
  let directory: string;
  let server: RunningServer;
  let people: People;
  const start = async (): Promise<void> => {
    const identity = http.createServer();
    server = await rememberedPorts(path.join(directory, 'ports.json')).listen('identity', identity);
    people = serveIdentity(identity, server, directory, {
      userPoolId: 'us-west-2_local',
      clientId: 'portal',
      callbackUrls: [CALLBACK],
      logoutUrls: ['http://localhost:3000/'],
      scopes: ['openid', 'email', 'profile'],
      idTokenSeconds: 3600,
      refreshTokenSeconds: 86_400,
    });
  };
  const authorizeUrl = (changes: Record<string, string> = {}): string =>
    `${server.url}/oauth2/authorize?${new URLSearchParams({
      client_id: 'portal',
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid email profile',
      state: 'xyz',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...changes,
    })}`;
  const token = (parameters: Record<string, string>): Promise<Response> =>
    fetch(`${server.url}/oauth2/token`, {
      method: 'POST',
      headers: { Connection: 'close' },
      body: new URLSearchParams({ client_id: 'portal', ...parameters }),
    });
  const cookies = new Map<string, string>();
  const browse = async (url: string, body?: Record<string, string>): Promise<Response> => {
    const response = await fetch(new URL(url, server.url), {
      redirect: 'manual',
      headers: { Connection: 'close', Cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(body && { method: 'POST', body: new URLSearchParams(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    return response;
  };
  const signInAs = async (email: string): Promise<URL> => {
    const authorize = await browse(authorizeUrl());
    const pagePath = authorize.headers.get('location') ?? '';
    expect(await (await browse(pagePath)).text()).toContain(`value="${email}"`);
    const submitted = await browse(pagePath, { email });
    const resumed = await browse(submitted.headers.get('location') ?? '');
    return new URL(resumed.headers.get('location') ?? '');
  };
  const tokensFor = async (email: string): Promise<Tokens> => {
    const code = (await signInAs(email)).searchParams.get('code') ?? '';
    const response = await token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    });
    return (await response.json()) as Tokens;
  };

  beforeEach(async () => {
    cookies.clear();
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-identity-'));
    await start();
  });
  afterEach(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });

  it('gives an ID token with the claims of Cognito, which verifies', async () => {
    const { id_token: idToken } = await tokensFor('maintainer@example.com');
    const jwks: unknown = await (await fetch(`${server.url}/.well-known/jwks.json`)).json();
    const verifies = JwtRsaVerifier.create({ issuer: server.url, audience: 'portal', jwksUri: `${server.url}/jwks` });
    verifies.cacheJwks(jwks as Parameters<typeof verifies.cacheJwks>[0]);
    expect(verifies.verifySync(idToken)).toMatchObject({
      iss: server.url,
      token_use: 'id',
      email: 'maintainer@example.com',
      email_verified: true,
      'cognito:groups': ['cluster-maintainers', 'job-maintainers'],
      'cognito:username': expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    });
  });

  it('signs in added people, with their groups, until they are disabled', async () => {
    const email = 'o.hara+spark@bücher.example';
    people.put({ email, groups: ['analysts'] });
    const { id_token: idToken, refresh_token: refreshToken } = await tokensFor(email);
    expect(decomposeUnverifiedJwt(idToken).payload).toMatchObject({ email, 'cognito:groups': ['analysts'] });
    people.put({ email, groups: ['analysts'], isDisabled: true });
    expect((await token({ grant_type: 'refresh_token', refresh_token: refreshToken })).status).toBe(400);
    cookies.clear();
    const authorize = await browse(authorizeUrl());
    expect((await browse(authorize.headers.get('location') ?? '', { email })).status).toBe(400);
  });

  it('leaves out the groups of people who have none', async () => {
    const { id_token: idToken } = await tokensFor('alice@example.com');
    expect(decomposeUnverifiedJwt(idToken).payload).not.toHaveProperty('cognito:groups');
  });

  it('keeps people signed in across a restart', async () => {
    const { id_token: before, refresh_token: refreshToken } = await tokensFor('alice@example.com');
    await server.close();
    await start();
    const response = await token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    const { id_token: after } = (await response.json()) as Tokens;
    expect(decomposeUnverifiedJwt(after).payload).toMatchObject({ email: 'alice@example.com', token_use: 'id' });
    expect(decomposeUnverifiedJwt(after).header.kid).toBe(decomposeUnverifiedJwt(before).header.kid);
    expect(decomposeUnverifiedJwt(after).payload.iss).toBe(decomposeUnverifiedJwt(before).payload.iss);
  });

  it('takes a refresh token no more once it is revoked', async () => {
    const { refresh_token: refreshToken } = await tokensFor('bob@example.com');
    await fetch(`${server.url}/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'portal', token: refreshToken }),
    });
    expect((await token({ grant_type: 'refresh_token', refresh_token: refreshToken })).status).toBe(400);
  });

  it('does not ask again within the session, but after signing out', async () => {
    await signInAs('bob@example.com');
    const again = await browse(authorizeUrl());
    expect(again.headers.get('location')).toMatch(/^http:\/\/localhost:3000\/auth\/callback\?code=/);
    const out = await browse(
      `/logout?${new URLSearchParams({ client_id: 'portal', logout_uri: 'http://localhost:3000/' })}`,
    );
    expect(out.headers.get('location')).toBe('http://localhost:3000/');
    expect((await browse(authorizeUrl())).headers.get('location')).toMatch(/^\/sign-in\/|\/sign-in\//);
  });

  it('asks again, and refuses, somebody who is disabled within the session', async () => {
    await signInAs('bob@example.com');
    people.put({ email: 'bob@example.com', isDisabled: true });
    const page = (await browse(authorizeUrl())).headers.get('location') ?? '';
    expect(page).toMatch(/\/sign-in\//);
    expect((await browse(page, { email: 'bob@example.com' })).status).toBe(400);
    people.put({ email: 'bob@example.com' });
    expect((await browse(page, { email: 'bob@example.com' })).status).toBe(303);
  });

  describe('asked for its users by the SDK', () => {
    const POOL = 'us-west-2_local';
    const list = (input: Partial<ListUsersCommandInput> = {}) =>
      new CognitoIdentityProviderClient({ endpoint: server.url, region, credentials, maxAttempts: 1 }).send(
        new ListUsersCommand({ UserPoolId: POOL, ...input }),
      );

    it('lists them as Cognito does', async () => {
      people.put({ email: 'bob@example.com', isDisabled: true });
      const { Users = [], PaginationToken } = await list();
      expect(Users).toHaveLength(4);
      expect(PaginationToken).toBeUndefined();
      expect(Users[1]).toMatchObject({
        Username: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        Enabled: false,
        UserStatus: 'CONFIRMED',
        UserCreateDate: expect.any(Date) as unknown,
        Attributes: expect.arrayContaining([
          { Name: 'sub', Value: Users[1]?.Username },
          { Name: 'email', Value: 'bob@example.com' },
          { Name: 'email_verified', Value: 'true' },
        ]) as unknown,
      });
    });

    it('lists page by page, and only the attributes and users that are asked for', async () => {
      const first = await list({ Limit: 3, AttributesToGet: ['sub'] });
      expect(first.Users?.[0]?.Attributes).toEqual([{ Name: 'sub', Value: first.Users?.[0]?.Username }]);
      const second = await list({ Limit: 3, PaginationToken: first.PaginationToken });
      expect([first.Users?.length, second.Users?.length, second.PaginationToken]).toEqual([3, 1, undefined]);
      const quoted = '"a \\ b"@example.com';
      people.put({ email: quoted, isDisabled: true });
      const emails = async (Filter: string) =>
        (await list({ Filter })).Users?.map(
          ({ Attributes }) => Attributes?.find(({ Name }) => Name === 'email')?.Value,
        );
      expect(await emails(`email = ${JSON.stringify(quoted)}`)).toEqual([quoted]);
      expect(await emails('email ^= "al"')).toEqual(['alice@example.com']);
      expect(await emails('status = "Disabled"')).toEqual([quoted]);
      expect(await emails('sub = "nobody"')).toEqual([]);
    });

    it.each([
      ['another pool', { UserPoolId: 'us-west-2_other' }, 'ResourceNotFoundException'],
      ['a limit over 60', { Limit: 61 }, 'InvalidParameterException'],
      ['a made-up token', { PaginationToken: '%%' }, 'InvalidParameterException'],
      ['a filter of another kind', { Filter: 'email > "a"' }, 'InvalidParameterException'],
      ['an attribute that is not searched by', { Filter: 'email_verified = "true"' }, 'InvalidParameterException'],
      ['an attribute of no user', { Filter: 'constructor = "a"' }, 'InvalidParameterException'],
    ])('refuses %s', async (_what, input, name) => {
      await expect(list(input)).rejects.toMatchObject({ name });
    });
  });

  it('refuses a stranger, another callback, a missing challenge and another place to sign out to', async () => {
    const authorize = await browse(authorizeUrl());
    const stranger = await browse(authorize.headers.get('location') ?? '', { email: 'mallory@example.com' });
    expect(stranger.status).toBe(400);
    expect((await fetch(authorizeUrl({ redirect_uri: 'http://evil.example/' }), { redirect: 'manual' })).status).toBe(
      400,
    );
    const withoutPkce = await fetch(authorizeUrl({ code_challenge: '', code_challenge_method: '' }), {
      redirect: 'manual',
    });
    expect(withoutPkce.headers.get('location')).toContain('error=invalid_request');
    const out = `${server.url}/logout?client_id=portal&logout_uri=http://evil.example/`;
    expect((await fetch(out, { redirect: 'manual' })).status).toBe(400);
  });

  it('takes a code only with the verifier', async () => {
    const code = (await signInAs('alice@example.com')).searchParams.get('code') ?? '';
    const stolen = await token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: randomBytes(32).toString('base64url'),
    });
    expect(stolen.status).toBe(400);
  });
});

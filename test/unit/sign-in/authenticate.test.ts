import { describe, expect, it, vi } from 'vitest';

import { authenticateBy } from '../../../functions/sign-in/authenticate.ts';
import type { HttpRequest } from '../../../functions/runtime/http-request.ts';
import type { IdentityClaims, IdentityProvider } from '../../../functions/ports/identity-provider.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import { AwsFailed } from '../../../shared/domain/errors.ts';
import { fakeIdentityProvider } from '../../fakes/fake-identity-provider.ts';
import { readFake } from '../../fakes/settings.ts';
import type { CurrentSettings } from '../../../shared/domain/settings.ts';

const settings = {
  publicUrl: 'https://atmo.example.com',
  originKey: '',
  companyDomain: '',
  stageSettings: '{}',
  oidcIssuer: '',
  oidcJwksUrl: '',
  oidcAuthorizeUrl: '',
  oidcTokenUrl: '',
  oidcLogoutUrl: '',
  oidcClientId: '',
  allowedRemoteGroups: '',
  cookiePrefix: '__Host-',
};

const now = '2026-11-23T06:00:00.000Z';
const claimsUntil = (expiresAt: string, changes: Partial<IdentityClaims> = {}): IdentityClaims => ({
  subject: 'sub-alice',
  email: 'Alice@Example.com',
  isEmailVerified: true,
  groups: ['admins'],
  remoteGroups: [],
  nonce: null,
  expiresAt,
  ...changes,
});
const fresh = claimsUntil('2026-11-23T07:00:00.000Z');
const due = claimsUntil('2026-11-23T06:01:00.000Z');
const expired = claimsUntil('2026-11-23T05:59:59.000Z');
const alice = { id: 'sub-alice', username: 'alice', email: 'Alice@Example.com', groups: ['admins'] };

const setUp = (
  overrides: Partial<IdentityProvider> = {},
  changes: Partial<typeof settings> = {},
  ofNow: Partial<CurrentSettings> = {},
) => {
  const provider = { ...fakeIdentityProvider(() => now), ...overrides };
  const authenticate = authenticateBy({
    environment: { ...settings, ...changes },
    provider,
    recentSettings: readFake(ofNow),
    clock: { now: () => now },
  });
  const request = (idToken: string | null, refreshToken: string | null): HttpRequest => ({
    method: 'GET',
    headers: {},
    cookies: {
      ...(idToken === null ? {} : { '__Host-atmo-id': encodeURIComponent(idToken) }),
      ...(refreshToken === null ? {} : { '__Host-atmo-refresh': refreshToken }),
    },
  });
  return { provider, session: (id: string | null, refresh: string | null) => authenticate(request(id, refresh)) };
};

describe('a request’s session', () => {
  it('is the person of the ID token', async () => {
    const { provider, session } = setUp();
    expect(await session(provider.sign(fresh), null)).toEqual({ person: alice, cookies: [] });
  });

  it('has the username by the company’s domain of the present settings', async () => {
    const { provider, session } = setUp({}, {}, { companyDomain: null });
    expect((await session(provider.sign(fresh), null)).person.username).toBe('alice@example.com');
  });

  it.each([
    ['no cookies', null, null],
    ['a forged token', 'forged', null],
    ['an unknown refresh token', null, 'unknown'],
    ['a forged token and an unknown refresh token', 'forged', 'unknown'],
  ])('does not exist with %s', async (_what, idToken, refreshToken) => {
    await expect(setUp().session(idToken, refreshToken)).rejects.toMatchObject({ name: 'NotSignedIn' });
  });

  it('is not renewed after a token that the provider never issued', async () => {
    const refresh = vi.fn<IdentityProvider['refresh']>();
    const { session } = setUp({ refresh });
    await expect(session('forged', 'r')).rejects.toMatchObject({ name: 'NotSignedIn' });
    expect(refresh).not.toHaveBeenCalled();
  });

  it('does not exist once the token has expired', async () => {
    const { provider, session } = setUp();
    await expect(session(provider.sign(expired), null)).rejects.toMatchObject({ name: 'NotSignedIn' });
  });

  it.each([
    ['has expired', expired],
    ['is about to expire', due],
  ])('is renewed when the token %s', async (_when, claims) => {
    const { provider, session } = setUp();
    provider.allowRefresh('r', fresh);
    const { person, cookies } = await session(provider.sign(claims), 'r');
    expect(person).toEqual(alice);
    expect(cookies).toEqual([expect.stringMatching(/^__Host-atmo-id=.+; HttpOnly; SameSite=Lax; Secure$/)]);
    expect(cookies[0]).toContain(encodeURIComponent(provider.sign(fresh)));
  });

  it('is renewed from the refresh token alone, and keeps a new one', async () => {
    const refresh = async () => ({ idToken: provider.sign(fresh), refreshToken: 'next' });
    const { provider, session } = setUp({ refresh });
    const { cookies } = await session(null, 'r');
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-atmo-id', '__Host-atmo-refresh']);
  });

  it('follows the groups of the renewed token', async () => {
    const { provider, session } = setUp();
    provider.allowRefresh('r', { ...fresh, groups: [] });
    expect((await session(provider.sign(due), 'r')).person.groups).toEqual([]);
  });

  it('is not renewed before it is due', async () => {
    const refresh = vi.fn<IdentityProvider['refresh']>();
    const { provider, session } = setUp({ refresh });
    await session(provider.sign(fresh), 'r');
    expect(refresh).not.toHaveBeenCalled();
  });

  it('goes on while the token is valid, though it cannot be renewed', async () => {
    const warn = vi.spyOn(logger, 'warn').mockReturnValue(undefined);
    const { provider, session } = setUp({ refresh: () => Promise.reject(new AwsFailed('down')) });
    expect(await session(provider.sign(due), 'r')).toEqual({ person: alice, cookies: [] });
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
    await expect(session(provider.sign(expired), 'r')).rejects.toMatchObject({ name: 'AwsFailed' });
    expect(await session(provider.sign(due), null)).toEqual({ person: alice, cookies: [] });
  });

  it('ends at once where the provider refuses to renew it, though the token is valid', async () => {
    const { provider, session } = setUp();
    await expect(session(provider.sign(due), 'revoked')).rejects.toMatchObject({ name: 'NotSignedIn' });
    // Not before the provider is asked.
    expect(await session(provider.sign(fresh), 'revoked')).toEqual({ person: alice, cookies: [] });
  });

  it('is no use to people outside the allowed groups', async () => {
    const allowed = { allowedRemoteGroups: 'data, research' };
    const { provider, session } = setUp({}, allowed);
    await expect(session(provider.sign(fresh), null)).rejects.toMatchObject({ name: 'Forbidden' });
    for (const groups of [{ remoteGroups: ['research'] }, { groups: ['data'] }]) {
      const { person } = await session(provider.sign({ ...fresh, ...groups }), null);
      expect(person.username).toBe('alice');
    }
  });
});

import { createHash } from 'node:crypto';

import type { IdentityClaims, IdentityProvider } from '../../functions/ports/identity-provider.ts';

interface FakeIdentityProvider extends IdentityProvider {
  /** What the provider's page does: the code that the browser is sent back with. */
  grantCode(authorizeUrl: string, claims: IdentityClaims): string;
  /** An ID token with any claims. */
  sign(claims: IdentityClaims): string;
  /** Makes a refresh token good for ID tokens with the claims. */
  allowRefresh(refreshToken: string, claims: IdentityClaims): void;
}

const SIGNATURE = '.signed';

/** Tokens are their claims in plain text. */
export const fakeIdentityProvider = (now: () => string): FakeIdentityProvider => {
  const codes = new Map<string, { challenge: string | null; claims: IdentityClaims }>();
  const refreshable = new Map<string, IdentityClaims>();
  const sign = (claims: IdentityClaims): string => JSON.stringify(claims) + SIGNATURE;
  return {
    sign,
    grantCode(authorizeUrl, claims) {
      const parameters = new URL(authorizeUrl).searchParams;
      const code = `code-${codes.size + 1}`;
      const challenge = parameters.get('code_challenge');
      codes.set(code, { challenge, claims: { ...claims, nonce: claims.nonce ?? parameters.get('nonce') } });
      return code;
    },
    allowRefresh: (refreshToken, claims) => void refreshable.set(refreshToken, claims),
    authorizeUrl: ({ state, nonce, codeChallenge }) =>
      `https://id.example.com/authorize?${new URLSearchParams({ state, nonce, code_challenge: codeChallenge }).toString()}`,
    logoutUrl: () => 'https://id.example.com/logout',
    async exchangeCode(code, codeVerifier) {
      const grant = codes.get(code);
      codes.delete(code);
      const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
      if (grant === undefined || grant.challenge !== challenge) return null;
      const refreshToken = `refresh-${code}`;
      refreshable.set(refreshToken, grant.claims);
      return { idToken: sign(grant.claims), refreshToken };
    },
    async refresh(refreshToken) {
      const claims = refreshable.get(refreshToken);
      return claims === undefined ? null : { idToken: sign(claims), refreshToken: null };
    },
    async revoke(refreshToken) {
      refreshable.delete(refreshToken);
    },
    async verify(idToken) {
      if (!idToken.endsWith(SIGNATURE)) return 'invalid';
      const claims = JSON.parse(idToken.slice(0, -SIGNATURE.length)) as IdentityClaims;
      return claims.expiresAt > now() ? claims : 'expired';
    },
  };
};

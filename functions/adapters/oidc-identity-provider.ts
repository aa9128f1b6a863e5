import { idTokenVerifier } from './id-token-verifier.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import { requestTokens, revokeToken } from './token-endpoint.ts';

const SCOPES = 'openid email profile';

const withQuery = (url: string, parameters: Readonly<Record<string, string>>): string =>
  `${url}?${new URLSearchParams(parameters).toString()}`;

type OidcSettings = Readonly<
  Record<
    'publicUrl' | 'oidcIssuer' | 'oidcJwksUrl' | 'oidcAuthorizeUrl' | 'oidcTokenUrl' | 'oidcLogoutUrl' | 'oidcClientId',
    string
  >
>;

/** Cognito, or the local stack's stand-in for it: the authorization code flow of a public client with PKCE. */
export const oidcIdentityProvider = (settings: OidcSettings): IdentityProvider => {
  const { oidcAuthorizeUrl, oidcTokenUrl, oidcLogoutUrl, oidcClientId: client_id, publicUrl } = settings;
  const redirect_uri = `${publicUrl}/auth/callback`;
  return {
    authorizeUrl: ({ state, nonce, codeChallenge }) =>
      withQuery(oidcAuthorizeUrl, {
        response_type: 'code',
        client_id,
        redirect_uri,
        scope: SCOPES,
        state,
        nonce,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      }),
    logoutUrl: () => withQuery(oidcLogoutUrl, { client_id, logout_uri: `${publicUrl}/` }),
    exchangeCode: (code, code_verifier) =>
      requestTokens(oidcTokenUrl, { grant_type: 'authorization_code', client_id, redirect_uri, code, code_verifier }),
    refresh: (refresh_token) => requestTokens(oidcTokenUrl, { grant_type: 'refresh_token', client_id, refresh_token }),
    // Cognito has it beside the token endpoint, as `/oauth2/revoke`.
    revoke: (refreshToken) => revokeToken(new URL('revoke', oidcTokenUrl).href, client_id, refreshToken),
    verify: idTokenVerifier(settings),
  };
};

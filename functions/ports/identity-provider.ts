import type { Instant } from '../../shared/domain/instant.ts';

export interface Tokens {
  readonly idToken: string;
  /** Null where the provider gave no new one; the old one stays valid. */
  readonly refreshToken: string | null;
}

/** What a verified ID token says. */
export interface IdentityClaims {
  readonly email: string;
  readonly groups: readonly string[];
  /** Groups that a federated provider told. */
  readonly remoteGroups: readonly string[];
  readonly nonce: string | null;
  readonly expiresAt: Instant;
}

/** The OpenID Connect provider, with this portal as its public client. Trouble to reach it is `AwsFailed`. */
export interface IdentityProvider {
  authorizeUrl(request: { readonly state: string; readonly nonce: string; readonly codeChallenge: string }): string;
  /** Where a browser ends the provider's own session, to come back to the portal. */
  logoutUrl(): string;
  /** Null where the code is used up, expired or somebody else's. */
  exchangeCode(code: string, codeVerifier: string): Promise<Tokens | null>;
  /** Null where the refresh token is expired or revoked. */
  refresh(refreshToken: string): Promise<Tokens | null>;
  revoke(refreshToken: string): Promise<void>;
  /** Null where the token is expired, not ours, not an ID token or not signed by the provider. */
  verify(idToken: string): Promise<IdentityClaims | null>;
}

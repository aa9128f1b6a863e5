import type { Instant } from '../../shared/domain/instant.ts';

export interface Tokens {
  readonly idToken: string;
  /** Null if the provider issued no new one; the old one stays valid. */
  readonly refreshToken: string | null;
}

/** What a verified ID token says. */
export interface IdentityClaims {
  /** The provider's id of the person: Cognito's `sub`, which never changes. */
  readonly subject: string;
  readonly email: string;
  /** Whether the provider vouches for the address. */
  readonly isEmailVerified: boolean;
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
  /** Null if the code is used, expired or of another client. */
  exchangeCode(code: string, codeVerifier: string): Promise<Tokens | null>;
  /** Null if the refresh token is expired or revoked. */
  refresh(refreshToken: string): Promise<Tokens | null>;
  revoke(refreshToken: string): Promise<void>;
  /** `invalid`: not ours, not an ID token or not signed by the provider. `expired`: it was valid. */
  verify(idToken: string): Promise<IdentityClaims | 'expired' | 'invalid'>;
}

import { JwtVerifier } from 'aws-jwt-verify/jwt-verifier';
import { FetchError, JwtBaseError, JwtExpiredError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod';

import { CLAIMS } from '../../shared/contract/identity-claims.ts';
import { AwsFailed } from '../../shared/domain/errors.ts';
import { ADDRESS_PATTERN, MAX_ADDRESS_LENGTH } from '../../shared/domain/person.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import { systemClock } from '../runtime/clock.ts';
import { keptAnswers } from '../runtime/kept-answers.ts';
import { logger } from '../runtime/logger.ts';

interface VerifierSettings {
  readonly oidcIssuer: string;
  readonly oidcJwksUrl: string;
  readonly oidcClientId: string;
}

/** Milliseconds. */
const FETCH_TIMEOUT = 5000;

/** aws-jwt-verify's own fetcher speaks https alone; the local provider has plain http. */
const fetchKeys = async (url: string): Promise<ArrayBuffer> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT) });
  if (!response.ok) throw new FetchError(url, `Status ${response.status}`);
  return response.arrayBuffer();
};

/** Cognito hands over a list of a provider as text: `[a, b]`, `["a","b"]` or `a,b`. */
const groupList = z
  .union([z.array(z.string()), z.string()])
  .default([])
  .transform((value) =>
    (typeof value === 'string' ? value.replace(/^\[|\]$/g, '').split(',') : value)
      .map((group) => group.trim().replace(/^"|"$/g, ''))
      .filter((group) => group !== ''),
  );

const idTokenClaims = z.object({
  // An access token of the same provider carries the same signature.
  token_use: z.literal('id'),
  sub: z.string().min(1),
  // Not Zod's own pattern, which has no quotes and no letters but ASCII.
  email: z.string().max(MAX_ADDRESS_LENGTH).regex(ADDRESS_PATTERN),
  // Cognito sends text for an attribute that a federated provider maps.
  email_verified: z
    .union([z.boolean(), z.string()])
    .transform((value) => String(value) === 'true')
    .default(false),
  nonce: z.string().nullish(),
  exp: z.number(),
  [CLAIMS.groups]: groupList,
  [CLAIMS.remoteGroups]: groupList,
});

/** A page asks every two seconds with the same token. A signing key that the provider withdraws stays accepted for at most as long. */
const VERIFIED_FOR_MS = 60_000;

/** Tokens in memory. */
const MOST_VERIFIED = 100;

/** Verifies signature, issuer, audience, expiry and type of ID tokens; logs why one is refused. */
export const idTokenVerifier = ({ oidcIssuer, oidcJwksUrl, oidcClientId }: VerifierSettings) => {
  const verifier = JwtVerifier.create(
    { issuer: oidcIssuer, audience: oidcClientId, jwksUri: oidcJwksUrl },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: fetchKeys } }) },
  );

  const invalid = (reason: string): 'invalid' => {
    logger.info('ID token refused', { reason });
    return 'invalid';
  };

  const verify = async (idToken: string): ReturnType<IdentityProvider['verify']> => {
    try {
      const claims = idTokenClaims.safeParse(await verifier.verify(idToken));
      if (!claims.success) return invalid(z.prettifyError(claims.error));
      const { sub, email, email_verified, exp, nonce } = claims.data;
      return {
        subject: sub,
        email,
        isEmailVerified: email_verified,
        groups: claims.data[CLAIMS.groups],
        remoteGroups: claims.data[CLAIMS.remoteGroups],
        nonce: nonce ?? null,
        expiresAt: toInstant(exp * 1000),
      };
    } catch (error) {
      // Expiry is checked after the signature, so that an expired token was once a valid one.
      if (error instanceof JwtExpiredError) return 'expired';
      if (error instanceof JwtBaseError && !(error instanceof FetchError)) return invalid(error.message);
      throw new AwsFailed('The sign-in service did not respond. Try again in a moment.', { cause: String(error) });
    }
  };

  const verified = keptAnswers<Awaited<ReturnType<typeof verify>>>({
    clock: systemClock,
    forMs: VERIFIED_FOR_MS,
    most: MOST_VERIFIED,
    isWorthKeeping: (claims) => typeof claims !== 'string',
  });
  return async (idToken: string): ReturnType<IdentityProvider['verify']> => {
    const { answer } = await verified(idToken, () => verify(idToken));
    return typeof answer !== 'string' && answer.expiresAt <= systemClock.now() ? 'expired' : answer;
  };
};

import { JwtVerifier } from 'aws-jwt-verify';
import { JwtBaseError, FetchError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod';

import { CLAIMS } from '../../shared/contract/identity-claims.ts';
import { AwsFailed } from '../../shared/domain/errors.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import type { IdentityClaims } from '../ports/identity-provider.ts';
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
  email: z.email(),
  nonce: z.string().nullish(),
  exp: z.number(),
  [CLAIMS.groups]: groupList,
  [CLAIMS.remoteGroups]: groupList,
});

/** Checks signature, issuer, audience, expiry and kind of ID tokens; null for those that fail. */
export const idTokenVerifier = ({ oidcIssuer, oidcJwksUrl, oidcClientId }: VerifierSettings) => {
  const verifier = JwtVerifier.create(
    { issuer: oidcIssuer, audience: oidcClientId, jwksUri: oidcJwksUrl },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: fetchKeys } }) },
  );

  const refused = (reason: string): null => {
    logger.info('ID token refused', { reason });
    return null;
  };

  return async (idToken: string): Promise<IdentityClaims | null> => {
    try {
      const claims = idTokenClaims.safeParse(await verifier.verify(idToken));
      if (!claims.success) return refused(z.prettifyError(claims.error));
      const { email, exp, nonce, [CLAIMS.groups]: groups, [CLAIMS.remoteGroups]: remoteGroups } = claims.data;
      return { email, groups, remoteGroups, nonce: nonce ?? null, expiresAt: toInstant(exp * 1000) };
    } catch (error) {
      if (error instanceof JwtBaseError && !(error instanceof FetchError)) return refused(error.message);
      throw new AwsFailed('The sign-in service does not answer. Try again in a moment.', { cause: String(error) });
    }
  };
};

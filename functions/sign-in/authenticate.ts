import { NotSignedIn } from '../../shared/domain/errors.ts';
import { plusMinutes } from '../../shared/domain/instant.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Authenticate } from '../runtime/http-handler.ts';
import type { IdentityClaims, IdentityProvider } from '../ports/identity-provider.ts';
import { logger } from '../runtime/logger.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import { personOf } from './person-of.ts';
import { sessionCookies } from './session-cookies.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/** ID tokens are renewed this long before expiry, so that none expires during a request. */
const RENEWAL_MINUTES = 2;

const notSignedIn = (): NotSignedIn =>
  new NotSignedIn('You are not signed in, or your session has ended. Sign in again.');

interface Renewal {
  readonly claims: IdentityClaims;
  readonly cookies: readonly string[];
}

interface AuthenticateDependencies {
  readonly environment: SignInSettings;
  readonly provider: IdentityProvider;
  /** The settings, for the company's domain: every request asks. */
  readonly recentSettings: ReadSettings;
  readonly clock: Clock;
}

/** Verifies the session cookies of each request and renews them when due. */
export const authenticateBy = ({
  environment,
  provider,
  recentSettings,
  clock,
}: AuthenticateDependencies): Authenticate => {
  const cookies = sessionCookies(environment);
  const personIn = personOf({ ...environment, settings: recentSettings });

  /** Refused: the session was revoked or has run out, or the provider disabled the person. */
  const renewed = async (refreshToken: string): Promise<Renewal | 'refused'> => {
    const tokens = await provider.refresh(refreshToken);
    const claims = tokens === null ? 'invalid' : await provider.verify(tokens.idToken);
    return tokens === null || typeof claims === 'string' ? 'refused' : { claims, cookies: cookies.keep(tokens) };
  };

  return async (request) => {
    const { idToken, refreshToken } = cookies.read(request);
    const verified = idToken === null ? 'expired' : await provider.verify(idToken);
    // An invalid token is not renewed.
    if (verified === 'invalid') throw notSignedIn();
    const claims = verified === 'expired' ? null : verified;
    if (claims !== null && claims.expiresAt > plusMinutes(clock.now(), RENEWAL_MINUTES))
      return { person: await personIn(claims), cookies: [] };
    const renewal =
      refreshToken === null
        ? null
        : await renewed(refreshToken).catch((error: unknown) => {
            if (claims === null) throw error;
            logger.warn('Could not renew a session that is still valid', { error });
            return null;
          });
    // Not even for the minutes that the token is still good for: a leaver is out as soon as the provider says so.
    if (renewal === 'refused') throw notSignedIn();
    if (renewal !== null) return { person: await personIn(renewal.claims), cookies: renewal.cookies };
    if (claims !== null) return { person: await personIn(claims), cookies: [] };
    throw notSignedIn();
  };
};

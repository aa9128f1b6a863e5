import type { RawAnswer } from '../../shared/contract/route.ts';
import type { HttpRequest } from '../runtime/http-request.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import { logger } from '../runtime/logger.ts';
import type { SessionCookies } from './session-cookies.ts';

interface SignOutDependencies {
  readonly provider: IdentityProvider;
  readonly cookies: SessionCookies;
}

/** Ends the session here, makes its refresh token worthless, and sends the browser on to end the provider's session. */
export const signOut =
  ({ provider, cookies }: SignOutDependencies) =>
  async (_input: unknown, request: HttpRequest): Promise<RawAnswer> => {
    const { refreshToken } = cookies.read(request);
    if (refreshToken !== null) {
      await provider.revoke(refreshToken).catch((error: unknown) => {
        // Whoever wants to leave is let go all the same; the token expires by itself.
        logger.warn('Could not revoke a refresh token', { error });
      });
    }
    return { headers: { location: provider.logoutUrl() }, cookies: cookies.clear() };
  };

import type { RawAnswer } from '../../shared/contract/route.ts';
import type { HttpRequest } from '../runtime/http-request.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import { logger } from '../runtime/logger.ts';
import type { SessionCookies } from './session-cookies.ts';

interface SignOutDependencies {
  readonly provider: IdentityProvider;
  readonly cookies: SessionCookies;
}

/** Ends the session, revokes its refresh token and redirects to the provider's logout. */
export const signOut =
  ({ provider, cookies }: SignOutDependencies) =>
  async (_input: unknown, request: HttpRequest): Promise<RawAnswer> => {
    const { refreshToken } = cookies.read(request);
    if (refreshToken !== null) {
      await provider.revoke(refreshToken).catch((error: unknown) => {
        // Sign-out succeeds anyway; the token expires by itself.
        logger.warn('Could not revoke a refresh token', { error });
      });
    }
    return { headers: { location: provider.logoutUrl() }, cookies: cookies.clear() };
  };

import type { RawAnswer } from '../../shared/contract/route.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import type { SessionCookies } from './session-cookies.ts';
import { localPath } from './local-path.ts';
import { codeChallenge, encodePendingSignIn, newPendingSignIn } from './pending-sign-in.ts';

interface SignInDependencies {
  readonly provider: IdentityProvider;
  readonly cookies: SessionCookies;
}

/** Sends the browser to the identity provider. */
export const signIn =
  ({ provider, cookies }: SignInDependencies) =>
  async ({ returnTo }: { readonly returnTo?: string | undefined }): Promise<RawAnswer> => {
    const pending = newPendingSignIn(localPath(returnTo));
    const { state, nonce, codeVerifier } = pending;
    return {
      headers: { location: provider.authorizeUrl({ state, nonce, codeChallenge: codeChallenge(codeVerifier) }) },
      cookies: [cookies.keepPending(encodePendingSignIn(pending))],
    };
  };

import type { RawAnswer } from '../../shared/contract/route.ts';
import { DomainError } from '../../shared/domain/errors.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { HttpRequest } from '../runtime/http-request.ts';
import type { IdentityClaims, IdentityProvider } from '../ports/identity-provider.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { SessionCookies } from './session-cookies.ts';
import { localPath } from './local-path.ts';
import { decodePendingSignIn } from './pending-sign-in.ts';
import { problemPage } from './problem-page.ts';

interface CompleteSignInDependencies {
  readonly provider: IdentityProvider;
  readonly cookies: SessionCookies;
  /** @throws Forbidden for people who may not use the portal */
  readonly personOf: (claims: IdentityClaims) => Promise<Person>;
  readonly people: Pick<PersonRepository, 'seen'>;
  readonly clock: Clock;
}

interface Callback {
  readonly code?: string | undefined;
  readonly state?: string | undefined;
  readonly error?: string | undefined;
  readonly error_description?: string | undefined;
}

const BEGIN_AGAIN = {
  status: 400,
  title: 'Sign-in could not be completed',
  detail:
    'The sign-in took longer than ten minutes, was started in another window, or was already completed. Sign in again.',
};

const refused = ({ error, error_description }: Callback) => ({
  status: 403,
  title: 'The sign-in service denied access',
  detail: `Reason: ${error_description ?? error}. Try again, or contact the operators of the portal.`,
});

const TOO_LARGE = {
  status: 403,
  title: 'Your sign-in data is too large',
  detail:
    'You are in more groups than fit into a browser cookie. Ask the operators of the portal to reduce the groups claim.',
};

/** Shows failures to people as a page, not as problem details. */
const failurePage = (error: unknown): RawAnswer => {
  if (!(error instanceof DomainError)) throw error;
  if (error.name === 'Forbidden') return problemPage({ status: 403, title: 'Not allowed', detail: error.message });
  logger.error('Sign-in failed', { error, evidence: error.evidence });
  return problemPage({ status: 502, title: 'The sign-in service failed', detail: error.message });
};

/** Exchanges the authorization code for tokens, and stores the session in cookies. */
export const completeSignIn = ({ provider, cookies, personOf, people, clock }: CompleteSignInDependencies) => {
  const completed = async (callback: Callback, request: HttpRequest): Promise<RawAnswer> => {
    const pending = decodePendingSignIn(cookies.readPending(request));
    if (pending === null || callback.state !== pending.state) return problemPage(BEGIN_AGAIN);
    if (callback.error !== undefined) return problemPage(refused(callback));
    if (callback.code === undefined) return problemPage(BEGIN_AGAIN);
    const tokens = await provider.exchangeCode(callback.code, pending.codeVerifier);
    const claims = tokens === null ? 'invalid' : await provider.verify(tokens.idToken);
    if (tokens === null || typeof claims === 'string' || claims.nonce !== pending.nonce)
      return problemPage(BEGIN_AGAIN);
    const person = await personOf(claims);
    if (!cookies.fit(tokens)) return problemPage(TOO_LARGE);
    await people.seen(person, clock.now());
    // The cookie that remembers the path is not signed.
    return { headers: { location: localPath(pending.returnTo) }, cookies: cookies.keep(tokens) };
  };

  return async (callback: Callback, request: HttpRequest): Promise<RawAnswer> => {
    const answer = await completed(callback, request).catch(failurePage);
    return { ...answer, cookies: [...(answer.cookies ?? []), cookies.clearPending()] };
  };
};

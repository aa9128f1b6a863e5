import type http from 'node:http';
import path from 'node:path';

import Provider, { errors, interactionPolicy, type Configuration } from 'oidc-provider';

import { BodyTooLarge, readBody } from '../read-body.ts';
import { grantStore } from './grant-store.ts';
import { identityKeys } from './keys.ts';
import { claimsOf, openPeople, subjectOf, type People } from './people.ts';
import { userPoolApi } from './user-pool-api.ts';
import { errorPage, signInPage } from './sign-in-page.ts';
import { answerRequests } from '../request-guard.ts';
import type { RunningServer } from '../server.ts';

/** A public client of the deployment's user pool. */
export interface IdentityClient {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  readonly scopes: readonly string[];
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
}

/**
 * Cognito's sign-in on this machine: the same paths, claims and lifetimes, with the demo people for users.
 * @param server already listening, since its address is part of every token
 * @returns the people who may sign in
 */
export const serveIdentity = (
  server: http.Server,
  { url: issuer }: RunningServer,
  dataDirectory: string,
  client: IdentityClient,
): People => {
  const people = openPeople(path.join(dataDirectory, 'people.json'));
  const provider = new Provider(issuer, configuration(dataDirectory, client, people));
  const serveProvider = provider.callback();
  const serveUserPool = userPoolApi(client.userPoolId, people);
  answerRequests(server, (request, response) => {
    if ('x-amz-target' in request.headers) {
      serveUserPool(request, response);
      return Promise.resolve();
    }
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    const answer =
      pathname === '/logout'
        ? signOut(provider, client, searchParams, request, response)
        : pathname.startsWith('/sign-in/')
          ? signIn(provider, people, request, response)
          : serveProvider(request, response);
    return Promise.resolve(answer).catch((error: unknown) => {
      if (!(error instanceof errors.OIDCProviderError || error instanceof BodyTooLarge)) throw error;
      response.writeHead(error.status, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(errorPage('error_description' in error ? (error.error_description ?? error.error) : error.message));
    });
  });
  return people;
};

const configuration = (dataDirectory: string, client: IdentityClient, people: People): Configuration => {
  const keys = identityKeys(path.join(dataDirectory, 'identity-keys.json'));
  return {
    adapter: grantStore(path.join(dataDirectory, 'identity-grants.json')),
    clients: [
      {
        client_id: client.clientId,
        redirect_uris: [...client.callbackUrls],
        scope: client.scopes.join(' '),
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      },
    ],
    jwks: { keys: [keys.signing] },
    cookies: {
      keys: [keys.cookies],
      names: { session: 'identity_session', interaction: 'identity_interaction', resume: 'identity_resume' },
    },
    scopes: [...client.scopes],
    claims: {
      openid: ['sub', 'token_use', 'cognito:username', 'cognito:groups'],
      email: ['email', 'email_verified'],
      profile: [],
    },
    // Cognito puts every claim into the ID token, whether or not an access token comes with it.
    conformIdTokenClaims: false,
    findAccount: (_context, subject) => {
      const person = people.bySubject(subject);
      return person && { accountId: subject, claims: () => claimsOf(person) };
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: { enabled: true, allowedPolicy: () => true },
    },
    routes: {
      authorization: '/oauth2/authorize',
      token: '/oauth2/token',
      userinfo: '/oauth2/userInfo',
      revocation: '/oauth2/revoke',
      jwks: '/.well-known/jwks.json',
    },
    interactions: { policy: askingAgain(people), url: (_context, interaction) => `/sign-in/${interaction.uid}` },
    issueRefreshToken: () => true,
    expiresWithSession: () => false,
    rotateRefreshToken: false,
    // The pool's own client needs nobody's consent.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: oidc.session?.accountId });
      grant.addOIDCScope(client.scopes.join(' '));
      await grant.save();
      return grant;
    },
    renderError: (context, out) => {
      context.type = 'html';
      context.body = errorPage(out.error_description ?? out.error);
    },
    ttl: {
      AccessToken: client.idTokenSeconds,
      AuthorizationCode: 300,
      Grant: client.refreshTokenSeconds,
      IdToken: client.idTokenSeconds,
      Interaction: 3600,
      RefreshToken: client.refreshTokenSeconds,
      // How long Cognito's pages remember somebody.
      Session: 3600,
    },
  };
};

/** Somebody who was disabled since they signed in is asked anew, where they are refused. */
const askingAgain = (people: People): interactionPolicy.DefaultPolicy => {
  const { base, Check } = interactionPolicy;
  const policy = base();
  const isGone = new Check('person_gone', 'The person is unknown or disabled', ({ oidc: { session } }) =>
    session?.accountId !== undefined && people.bySubject(session.accountId) === undefined
      ? Check.REQUEST_PROMPT
      : Check.NO_NEED_TO_PROMPT,
  );
  policy.get('login')?.checks.add(isGone);
  return policy;
};

const signIn = async (
  provider: Provider,
  people: People,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> => {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === 'POST') {
    const person = people.byEmail(new URLSearchParams((await readBody(request)).toString('utf8')).get('email') ?? '');
    if (person !== undefined) {
      await provider.interactionFinished(request, response, {
        login: { accountId: subjectOf(person), remember: true },
      });
      return;
    }
  }
  const problem = request.method === 'POST' ? 'Unknown or disabled person. Choose one of these.' : undefined;
  response.writeHead(problem === undefined ? 200 : 400, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(signInPage(people.all(), `/sign-in/${uid}`, problem));
};

/** Cognito's logout endpoint: forgets who signed in on its pages and goes back to the portal. */
const signOut = async (
  provider: Provider,
  client: IdentityClient,
  parameters: URLSearchParams,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> => {
  const logoutUri = parameters.get('logout_uri') ?? '';
  if (parameters.get('client_id') !== client.clientId || !client.logoutUrls.includes(logoutUri)) {
    throw new errors.InvalidRequest('client_id or logout_uri is not registered');
  }
  const session = await provider.Session.get(provider.createContext(request, response));
  await session.destroy();
  response.writeHead(302, { Location: logoutUri });
  response.end();
};

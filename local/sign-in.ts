/** A walk through redirects as a browser does it, with a cookie jar for each host and port. */
interface Walk {
  readonly jars: Map<string, Map<string, string>>;
}

const MAX_REDIRECTS = 12;

/** The walk ended somewhere else than at the callback; the message says where. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';
}

/**
 * Signs somebody in through the portal's own `/auth/sign-in`, the identity provider's page and the callback.
 * @returns the `Set-Cookie` values of the callback's answer: the session
 * @throws SignInFailed where the provider or the portal refuses
 */
export const signIn = async (portalUrl: string, email: string): Promise<string[]> => {
  const walk: Walk = { jars: new Map() };
  let url = new URL('/auth/sign-in', portalUrl);
  let body: URLSearchParams | undefined;
  for (let step = 0; step < MAX_REDIRECTS; step += 1) {
    const response = await visit(walk, url, body);
    body = undefined;
    const location = response.headers.get('location');
    if (location === null) {
      const page = await response.text();
      const form = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
      if (response.status !== 200 || form === undefined) {
        throw new SignInFailed(`${url.pathname} answered ${response.status}: ${page.slice(0, 500)}`);
      }
      url = new URL(form, url);
      body = new URLSearchParams({ email });
      continue;
    }
    await response.body?.cancel();
    if (url.origin === new URL(portalUrl).origin && url.pathname === '/auth/callback') {
      return response.headers.getSetCookie();
    }
    url = new URL(location, url);
  }
  throw new SignInFailed(`Gave up after ${MAX_REDIRECTS} redirects, at ${url.origin}${url.pathname}.`);
};

const visit = async ({ jars }: Walk, url: URL, body: URLSearchParams | undefined): Promise<Response> => {
  const jar = jars.get(url.host) ?? new Map<string, string>();
  jars.set(url.host, jar);
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    ...(body && { method: 'POST', body }),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    jar.set(name, value);
  }
  return response;
};

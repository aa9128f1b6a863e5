/** The answer of the API, its body as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Without a body a GET, else a POST, unless told otherwise. */
export type Call = (pathname: string, body?: unknown, method?: string) => Promise<Answer>;

/**
 * Somebody with a browser's memory for cookies: tokens are renewed on the way.
 * @param urlOf where the stack is now; it may have started again elsewhere
 */
export const newCaller = (urlOf: () => string): Call => {
  const cookies = new Map<string, string>();
  return async (pathname, body, method = body === undefined ? 'GET' : 'POST') => {
    const Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(urlOf() + pathname, {
      method,
      headers: { Cookie, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
  };
};

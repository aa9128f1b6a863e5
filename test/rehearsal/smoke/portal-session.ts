import { expectThat } from '../checks.ts';

interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A person's browser as far as the portal can tell: its cookies, its origin. */
export class PortalSession {
  readonly url: string;
  private readonly cookies = new Map<string, Map<string, string>>();

  constructor(url: string) {
    this.url = url.replace(/\/$/, '');
  }

  /** One request, redirects not followed, cookies kept for each host. */
  async fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(address);
    const jar = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0\b/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** A call of the API as the pages make it. */
  async call<Body = unknown>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    const response = await this.fetch(`${this.url}${path}`, {
      method,
      headers: {
        origin: this.url,
        'sec-fetch-site': 'same-origin',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && text !== '' ? JSON.parse(text) : text) as Body,
    };
  }

  /** As `call`, for a call that must be answered with this status. */
  async must<Body = unknown>(status: number, method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.call<Body>(method, path, body);
    expectThat(
      answer.status === status,
      `${method} ${path} answered ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`,
    );
    return answer.body;
  }
}

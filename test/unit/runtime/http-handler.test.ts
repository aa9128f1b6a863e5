import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';

import { httpHandler, type UseCases } from '../../../functions/runtime/http-handler.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import { adminOverviewRoutes } from '../../../shared/contract/routes/admin-overview.ts';
import { clusterRoutes } from '../../../shared/contract/routes/clusters.ts';
import { sshKeyRoutes, type SshKeyView } from '../../../shared/contract/routes/ssh-keys.ts';
import { AwsFailed, AwsThrottled, Conflict, NotFound, NotSignedIn } from '../../../shared/domain/errors.ts';

const PUBLIC_URL = 'https://atmo.example.com';
const alice = { id: 'sub-alice', username: 'alice', email: 'alice@example.com', groups: [] };
const view: SshKeyView = {
  id: 'k1',
  title: 'laptop',
  type: 'ssh-ed25519',
  bits: 256,
  fingerprint: 'SHA256:x',
  fingerprintMd5: 'aa:bb',
  createdAt: '2026-11-23T00:00:00.000Z',
  modifiedAt: '2026-11-23T00:00:00.000Z',
  warnings: [],
};

const useCases: UseCases<typeof sshKeyRoutes> = {
  listSshKeys: async ({ limit }) => ({ items: [view], cursor: `after-${limit}` }),
  addSshKey: async ({ title }) => ({ ...view, title }),
  getSshKey: async ({ id }) => ({ ...view, id }),
  getRawSshKey: async () => ({ headers: { 'content-type': 'text/plain' }, body: 'ssh-ed25519 AAAA\n' }),
  deleteSshKey: async () => undefined,
};

const handlerWith = (overrides: Partial<UseCases<typeof sshKeyRoutes>> = {}, cookies: string[] = [], originKey = '') =>
  httpHandler(
    sshKeyRoutes,
    { ...useCases, ...overrides },
    {
      publicUrl: PUBLIC_URL,
      originKey,
      authenticate: async (request) => {
        if (request.cookies['session'] !== 'valid') throw new NotSignedIn('Sign in first.');
        return { person: alice, cookies };
      },
    },
  );

interface Sent {
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly cookies?: string[];
}

const call = async (
  routeKey: string,
  sent: Sent = {},
  handler = handlerWith(),
): Promise<APIGatewayProxyStructuredResultV2> => {
  const event = {
    routeKey,
    rawPath: routeKey.split(' ')[1],
    headers: sent.body === undefined ? { ...sent.headers } : { 'content-type': 'application/json', ...sent.headers },
    cookies: sent.cookies ?? ['session=valid'],
    pathParameters: sent.path,
    queryStringParameters: sent.query,
    body: sent.body,
    isBase64Encoded: false,
    requestContext: { requestId: 'r-1', http: { method: routeKey.split(' ')[0], sourceIp: '192.0.2.1' } },
  } as unknown as APIGatewayProxyEventV2;
  return handler(event, {} as Context);
};

const problemOf = (answer: APIGatewayProxyStructuredResultV2): unknown => JSON.parse(answer.body ?? '');

describe('an HTTP handler', () => {
  it('refuses a body nested as deep as its size allows', async () => {
    const deep = `${'['.repeat(120_000)}${']'.repeat(120_000)}`;
    for (const body of [deep, `{"title": ${deep}, "key": "k"}`])
      expect((await call('POST /api/ssh-keys', { body })).statusCode).toBe(400);
  });

  it('hands validated query, body and path to the use case', async () => {
    expect(problemOf(await call('GET /api/ssh-keys'))).toMatchObject({ cursor: 'after-25' });
    expect(problemOf(await call('GET /api/ssh-keys', { query: { limit: '7' } }))).toMatchObject({ cursor: 'after-7' });
    expect(problemOf(await call('GET /api/ssh-keys/{id}', { path: { id: 'k9' } }))).toMatchObject({ id: 'k9' });
    const added = await call('POST /api/ssh-keys', { body: JSON.stringify({ title: 'work', key: 'k' }) });
    expect([added.statusCode, problemOf(added)]).toEqual([201, { ...view, title: 'work' }]);
  });

  it('refuses to let a path parameter be replaced by the query', async () => {
    const answer = await call('GET /api/ssh-keys/{id}', { path: { id: 'mine' }, query: { id: 'theirs' } });
    expect(problemOf(answer)).toMatchObject({ id: 'mine' });
  });

  it.each([
    ['GET /api/ssh-keys', { query: { limit: '0' } }, 400, 'limit'],
    ['GET /api/ssh-keys', { query: { limit: 'ten' } }, 400, 'limit'],
    ['GET /api/ssh-keys', { query: { color: 'red' } }, 400, 'color'],
    ['POST /api/ssh-keys', { body: '{"title": "x"' }, 400, 'body'],
    ['POST /api/ssh-keys', { body: '[]' }, 400, 'body'],
    ['POST /api/ssh-keys', {}, 400, 'body'],
    ['POST /api/ssh-keys', { body: '{"title": " ", "key": "k"}' }, 400, 'title'],
    ['POST /api/ssh-keys', { body: '{"title": "x", "key": "k", "admin": true}' }, 400, 'admin'],
  ] satisfies [string, Sent, number, string][])(
    '%s with %j answers %i naming %s',
    async (routeKey, sent, status, field) => {
      const answer = await call(routeKey, sent);
      expect(answer.statusCode).toBe(status);
      expect(answer.headers?.['content-type']).toBe('application/problem+json');
      expect(problemOf(answer)).toMatchObject({
        status,
        requestId: 'r-1',
        errors: [{ field, message: expect.any(String) }],
      });
    },
  );

  it('lists ten refused fields at most, by names of bearable length', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}${'x'.repeat(200)}`, 1]));
    const body = JSON.stringify({ title: 'x', key: 'k', ...unknown })
      .slice(0, 150_000)
      .replace(/,[^,]*$/, '}');
    const answer = await call('POST /api/ssh-keys', { body });
    expect((problemOf(answer) as { errors: unknown[] }).errors).toHaveLength(10);
    expect(answer.body).toMatch(/; and \d+ more"/);
    expect(answer.body?.length).toBeLessThan(5000);
  });

  it('answers 415 for another content type and 413 for a body that is too large', async () => {
    const form = await call('POST /api/ssh-keys', {
      body: 'a=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(form.statusCode).toBe(415);
    const large = await call('POST /api/ssh-keys', { body: JSON.stringify({ title: 'x', key: 'k'.repeat(300_000) }) });
    expect(large.statusCode).toBe(413);
  });

  it('answers 401 without a session, and 404 for a route that it does not have', async () => {
    expect((await call('GET /api/ssh-keys', { cookies: [] })).statusCode).toBe(401);
    expect((await call('GET /api/nothing')).statusCode).toBe(404);
  });

  it('answers 403 to all but admins for what is theirs, before its use case is asked', async () => {
    const getOverview = vi.fn<UseCases<typeof adminOverviewRoutes>['getOverview']>(async () => {
      throw new NotFound('overview', 'of a test');
    });
    const handlerFor = (...groups: string[]) =>
      httpHandler(
        adminOverviewRoutes,
        { getOverview },
        {
          publicUrl: PUBLIC_URL,
          originKey: '',
          authenticate: async () => ({ person: { ...alice, groups }, cookies: [] }),
        },
      );
    const maintainers = handlerFor('cluster-maintainers', 'job-maintainers');
    expect((await call('GET /api/admin/overview', {}, maintainers)).statusCode).toBe(403);
    expect(getOverview).not.toHaveBeenCalled();
    expect((await call('GET /api/admin/overview', {}, handlerFor('admins'))).statusCode).toBe(404);
  });

  it('answers 404 for a path parameter longer than any id, which no database needs to see', async () => {
    const getSshKey = vi.fn<typeof useCases.getSshKey>();
    const answer = await call('GET /api/ssh-keys/{id}', { path: { id: 'a'.repeat(201) } }, handlerWith({ getSshKey }));
    expect(answer.statusCode).toBe(404);
    expect(getSshKey).not.toHaveBeenCalled();
  });

  it.each([
    [{ origin: 'https://evil.example.com' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: `${PUBLIC_URL}.evil.com` }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 204],
    [{ origin: PUBLIC_URL, 'sec-fetch-site': 'same-origin' }, 204],
    [{}, 204],
  ])('takes a change with %j with %i', async (headers, status) => {
    const answer = await call('DELETE /api/ssh-keys/{id}', { path: { id: 'k1' }, headers: { ...headers } });
    expect(answer.statusCode).toBe(status);
  });

  it('does not ask where a reading request comes from', async () => {
    expect((await call('GET /api/ssh-keys', { headers: { 'sec-fetch-site': 'cross-site' } })).statusCode).toBe(200);
  });

  it('tells when an object has changed, and of a list the newest of its items', async () => {
    const dated = (id: string, modifiedAt: string) => ({ ...view, id, modifiedAt });
    const items = [dated('a', '2026-11-24T00:00:00.000Z'), dated('b', '2026-11-25T00:00:00.000Z'), view];
    const headersOf = async (routeKey: string, listed: SshKeyView[]) => {
      const handler = handlerWith({ listSshKeys: async () => ({ items: listed, cursor: null }) });
      return (await call(routeKey, { path: { id: 'k1' } }, handler)).headers ?? {};
    };
    const one = await headersOf('GET /api/ssh-keys/{id}', items);
    expect(one['x-atmo-modified-date']).toBe('2026-11-23T00:00:00.000Z');
    const list = await headersOf('GET /api/ssh-keys', items);
    expect(list).toMatchObject({
      'x-atmo-modified-date': '2026-11-25T00:00:00.000Z',
      etag: expect.any(String) as string,
    });
    expect(await headersOf('GET /api/ssh-keys', [])).not.toHaveProperty('x-atmo-modified-date');
  });

  it('tells of a list with a time of its own, also without items, the newest of both', async () => {
    const headersOf = async (items: SshKeyView[], modifiedAt: string) => {
      const answer = { items, cursor: null, modifiedAt };
      const handler = handlerWith({ listSshKeys: async () => answer });
      return (await call('GET /api/ssh-keys', {}, handler)).headers?.['x-atmo-modified-date'];
    };
    expect(await headersOf([], '2026-11-22T00:00:00.000Z')).toBe('2026-11-22T00:00:00.000Z');
    expect(await headersOf([view], '2026-11-22T00:00:00.000Z')).toBe(view.modifiedAt);
    expect(await headersOf([view], '2026-11-24T00:00:00.000Z')).toBe('2026-11-24T00:00:00.000Z');
  });

  it('tells when the newest of a list of deleted objects was deleted', async () => {
    const items = ['2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z'].map((deletedAt) => ({ deletedAt }));
    const handler = handlerWith({ listSshKeys: async () => ({ items: items as never, cursor: null }) });
    const { headers } = await call('GET /api/ssh-keys', {}, handler);
    expect(headers?.['x-atmo-modified-date']).toBe('2026-11-25T00:00:00.000Z');
  });

  it('tells when the newest of a list of files was stored', async () => {
    const items = ['2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z'].map((lastModified) => ({ lastModified }));
    const handler = handlerWith({ listSshKeys: async () => ({ items: items as never, cursor: null }) });
    const { headers } = await call('GET /api/ssh-keys', {}, handler);
    expect(headers?.['x-atmo-modified-date']).toBe('2026-11-25T00:00:00.000Z');
  });

  it('tells when a document got its newest version', async () => {
    const { modifiedAt: _modifiedAt, ...document } = { ...view, changedAt: '2026-11-26T00:00:00.000Z' };
    const headersOf = async (changedAt: string | null) => {
      const handler = handlerWith({ getSshKey: async () => ({ ...document, changedAt }) as unknown as SshKeyView });
      return (await call('GET /api/ssh-keys/{id}', { path: { id: 'k1' } }, handler)).headers ?? {};
    };
    expect((await headersOf(document.changedAt))['x-atmo-modified-date']).toBe(document.changedAt);
    expect(await headersOf(null)).not.toHaveProperty('x-atmo-modified-date');
  });

  it('answers 304 to a client that has the current state', async () => {
    const first = await call('GET /api/ssh-keys/{id}', { path: { id: 'k1' } });
    const etag = String(first.headers?.['etag']);
    const again = await call('GET /api/ssh-keys/{id}', { path: { id: 'k1' }, headers: { 'if-none-match': etag } });
    expect([again.statusCode, again.body]).toEqual([304, undefined]);
    for (const known of [`W/${etag}`, `"older", ${etag}`, '*']) {
      const later = await call('GET /api/ssh-keys/{id}', { path: { id: 'k1' }, headers: { 'if-none-match': known } });
      expect([known, later.statusCode]).toEqual([known, 304]);
    }
    const other = await call('GET /api/ssh-keys/{id}', { path: { id: 'k2' }, headers: { 'if-none-match': etag } });
    expect(other.statusCode).toBe(200);
  });

  it('keeps an answer that opens something out of every cache, and sends no hash of it', async () => {
    const { openClusterSparkUi } = clusterRoutes;
    const link = { url: 'https://example.com/?token=secret', expiresAt: '2026-11-23T07:00:00.000Z' };
    const handler = httpHandler(
      { openClusterSparkUi },
      { openClusterSparkUi: async () => link },
      { authenticate: async () => ({ person: alice, cookies: [] }), publicUrl: PUBLIC_URL, originKey: '' },
    );
    const answer = await call('POST /api/clusters/{id}/spark-ui', { path: { id: 'c1' } }, handler);
    expect(answer).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: JSON.stringify(link),
    });
  });

  it('answers text as it is', async () => {
    expect(await call('GET /api/ssh-keys/{id}/raw', { path: { id: 'k1' } })).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'text/plain' },
      body: 'ssh-ed25519 AAAA\n',
    });
  });

  it('sends the cookies of a refreshed session with the answer', async () => {
    const answer = await call('GET /api/ssh-keys', {}, handlerWith({}, ['session=new; HttpOnly']));
    expect(answer.cookies).toEqual(['session=new; HttpOnly']);
  });

  it.each([
    [new NotFound('SSH key', 'k1'), 404],
    [new Conflict('You already have this key.'), 409],
    [new AwsFailed('DynamoDB failed.'), 502],
    [new AwsThrottled('EMR is busy.'), 503],
  ])('maps %s to %i', async (error, status) => {
    vi.spyOn(logger, 'error').mockReturnValue();
    const answer = await call('GET /api/ssh-keys', {}, handlerWith({ listSshKeys: () => Promise.reject(error) }));
    expect([answer.statusCode, problemOf(answer)]).toEqual([
      status,
      expect.objectContaining({ detail: error.message }),
    ]);
    expect(answer.headers?.['retry-after']).toBe(status === 503 ? '10' : undefined);
  });

  it('tells nothing of an unknown failure but the request to ask about', async () => {
    const logged = vi.spyOn(logger, 'error').mockReturnValue();
    const answer = await call(
      'GET /api/ssh-keys',
      {},
      handlerWith({ listSshKeys: () => Promise.reject(new Error('table atmo-secret')) }),
    );
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('atmo-secret');
    expect(answer.body).toContain('r-1');
    expect(logged).toHaveBeenCalledWith(
      expect.any(String),
      expect.objectContaining({ error: new Error('table atmo-secret') }),
    );
  });
});

describe('a request that has gone around CloudFront', () => {
  const guarded = handlerWith({}, [], 'known-to-cloudfront');

  it.each([
    ['without the key', {}],
    ['with an empty one', { 'x-atmo-origin-key': '' }],
    ['with another', { 'x-atmo-origin-key': 'known-to-nobody' }],
  ])('is refused %s, whatever it asks for', async (_, headers) => {
    for (const routeKey of ['GET /api/ssh-keys', 'GET /api/there-is-no-such-thing']) {
      const { statusCode, body } = await call(routeKey, { headers }, guarded);
      expect(statusCode).toBe(403);
      expect(body).toContain('Requests that bypass CloudFront are not allowed. Use the portal’s address.');
    }
  });

  it('comes from the address that CloudFront saw, whatever the client says of it', async () => {
    const deleteSshKey = vi.fn<typeof useCases.deleteSshKey>(async () => undefined);
    const originOf = async (forwarded: string | undefined, originKey: string): Promise<unknown> => {
      const headers = {
        'x-atmo-origin-key': originKey,
        ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
      };
      const handler = handlerWith({ deleteSshKey }, [], originKey);
      await call('DELETE /api/ssh-keys/{id}', { path: { id: 'k1' }, headers }, handler);
      return deleteSshKey.mock.lastCall?.[1].request;
    };
    const from = (sourceIp: string) => ({ sourceIp, requestId: 'r-1' });
    expect(await originOf('203.0.113.9, 192.0.2.1', 'key')).toEqual(from('203.0.113.9'));
    expect(await originOf('10.1.1.1, 203.0.113.9, 192.0.2.1', 'key')).toEqual(from('203.0.113.9'));
    expect(await originOf('10.1.1.1,2001:db8::9', 'key')).toEqual(from('2001:db8::9'));
    expect(await originOf(undefined, 'key')).toEqual(from('192.0.2.1'));
    expect(await originOf('10.1.1.1', '')).toEqual(from('192.0.2.1'));
  });

  it('is not one that brings the key', async () => {
    const headers = { 'x-atmo-origin-key': 'known-to-cloudfront' };
    expect((await call('GET /api/ssh-keys', { headers }, guarded)).statusCode).toBe(200);
  });
});

describe('every request', () => {
  it('is logged with the id of who asked and what they were answered', async () => {
    const logged = vi.spyOn(logger, 'info').mockImplementation(() => {});
    await call('GET /api/ssh-keys');
    await call('GET /api/ssh-keys', { cookies: [] });
    expect(logged.mock.calls).toEqual([
      ['Answered', expect.objectContaining({ routeKey: 'GET /api/ssh-keys', status: 200, person: alice.id })],
      ['Answered', expect.objectContaining({ routeKey: 'GET /api/ssh-keys', status: 401, person: null })],
    ]);
    logged.mockRestore();
  });
});

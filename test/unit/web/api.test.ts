import { afterEach, describe, expect, it, vi } from 'vitest';

import { ApiError } from '../../../web/lib/api-error.ts';
import { fetchFile, send, urlOf } from '../../../web/lib/api.ts';
import { serverNow } from '../../../web/lib/server-clock.ts';

/** Answers each call with the next of the given responses and keeps what was asked. */
const answering = (...responses: readonly Response[]) => {
  const left = [...responses];
  const fetched = vi.fn<typeof fetch>(async () => {
    const next = left.shift();
    if (next === undefined) throw new TypeError('Failed to fetch');
    return next;
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
};

const json = (body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json', ...headers } });

const refusal = (status: number, problem: object): Response =>
  new Response(JSON.stringify(problem), { status, headers: { 'content-type': 'application/problem+json' } });

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the address of a route', () => {
  it('takes path parameters from the request and puts the rest into the query', () => {
    expect(urlOf('listRuns', { identifier: 'a/b', limit: 5 })).toBe('/api/spark-jobs/a%2Fb/runs?limit=5');
  });

  it('leaves out what is undefined', () => {
    expect(urlOf('listSshKeys', { cursor: undefined })).toBe('/api/ssh-keys');
  });
});

describe('a call', () => {
  it('sends what is not in the path as JSON', async () => {
    const fetched = answering(json({ id: 'c1' }));
    await send('extendCluster', { id: 'c1', hours: 3 });
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('/api/clusters/c1/extend');
    expect(init).toMatchObject({ method: 'POST', body: '{"hours":3}', credentials: 'same-origin' });
  });

  it('sends no body where there is nothing to say', async () => {
    const fetched = answering(new Response(null, { status: 204 }));
    await expect(send('deleteSshKey', { id: 'k1' })).resolves.toBeUndefined();
    expect(fetched.mock.calls[0]?.[1]).not.toHaveProperty('body');
  });

  it('asks again with the ETag it has and keeps what a 304 confirms', async () => {
    const fetched = answering(
      json({ id: 'etag-test' }, { etag: '"one"' }),
      new Response(null, { status: 304 }),
      json({ id: 'etag-test', status: 'WAITING' }, { etag: '"two"' }),
    );
    const first = await send('getCluster', { id: 'etag-test' });
    const confirmed = await send('getCluster', { id: 'etag-test' });
    const changed = await send('getCluster', { id: 'etag-test' });
    expect(confirmed).toBe(first);
    expect(changed).toEqual({ id: 'etag-test', status: 'WAITING' });
    expect(fetched.mock.calls.map(([, init]) => new Headers(init?.headers).get('if-none-match'))).toEqual([
      null,
      '"one"',
      '"one"',
    ]);
  });

  it('turns problem details into an error with its fields', async () => {
    answering(
      refusal(400, {
        title: 'Invalid input',
        detail: 'size: too large',
        requestId: 'r-1',
        errors: [{ field: 'size', message: 'Give the number of workers as a whole number from 1 to 30.' }],
      }),
    );
    const error: unknown = await send('estimateCluster', { size: 99, lifetime: 2 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, requestId: 'r-1', fieldErrors: [{ field: 'size' }] });
  });

  it('understands a refusal that does not come from the API', async () => {
    answering(new Response('<html>Bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } }));
    await expect(send('getMe', {})).rejects.toMatchObject({ status: 502, title: 'The portal answered 502' });
  });

  it('says that the portal cannot be reached where there is no answer', async () => {
    answering();
    await expect(send('getMe', {})).rejects.toMatchObject({
      status: 0,
      title: 'The portal could not be reached',
      message: 'Check your network connection. This page retries automatically.',
    });
    await expect(send('extendCluster', { id: 'c1', hours: 3 })).rejects.toMatchObject({
      message: 'Check your network connection. Then try again.',
    });
  });

  it('says what is wrong with fields without the names that only the API has for them', async () => {
    answering(
      refusal(400, {
        title: 'Invalid input',
        detail: 'notebookUploadId: Pick the saved notebook.',
        errors: [{ field: 'notebookUploadId', message: 'Pick the saved notebook.' }],
      }),
    );
    await expect(send('getMe', {})).rejects.toMatchObject({ message: 'Pick the saved notebook.' });
  });

  it('learns the server’s time from its answers', async () => {
    answering(json({}, { date: 'Mon, 23 Nov 2037 21:00:00 GMT' }));
    await send('getMe', {});
    expect(Math.abs(serverNow() - Date.parse('2037-11-23T21:00:00Z'))).toBeLessThan(5000);
  });
});

describe('a file', () => {
  it('is asked for anew where the browser has kept it: the URL of a notebook that is written anew stays the same', async () => {
    const fetched = answering(new Response('first'), new Response('second'));
    for (const text of ['first', 'second']) expect(await (await fetchFile('/files/notebook.ipynb')).text()).toBe(text);
    for (const [, init] of fetched.mock.calls) expect(init).toMatchObject({ cache: 'no-cache' });
  });
});

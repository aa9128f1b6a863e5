import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const sent: unknown[] = [];
const listeners = new Map<string, (event: unknown) => void>();

const loaded = async () => {
  vi.resetModules();
  return import('../../../web/lib/report-errors.ts');
};

beforeEach(() => {
  sent.length = 0;
  listeners.clear();
  vi.stubGlobal('location', { origin: 'https://atmo.example.com', pathname: '/clusters/a' });
  vi.stubGlobal('addEventListener', (name: string, listener: (event: unknown) => void) =>
    listeners.set(name, listener),
  );
  vi.stubGlobal('fetch', async (url: string, { body }: { body: string }) => {
    sent.push([url, JSON.parse(body)]);
    throw new Error('offline');
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('errors of a page', () => {
  it('are reported where nobody caught them, without the query of the address', async () => {
    const { reportUncaughtErrors } = await loaded();
    reportUncaughtErrors();
    const error = new Error('broken');
    listeners.get('error')?.({ error, message: 'broken' });
    listeners.get('unhandledrejection')?.({ reason: 'no network' });
    const page = 'https://atmo.example.com/clusters/a';
    const errorId: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(sent).toEqual([
      ['/api/browser-errors', { message: 'broken', stack: error.stack?.slice(0, 3000), page, errorId }],
      ['/api/browser-errors', { message: 'no network', stack: '', page, errorId }],
    ]);
  });

  it('have an id that the page shows and the log has', async () => {
    const { errorIdOf, reportError } = await loaded();
    const error = new Error('broken');
    await reportError(error);
    expect(sent).toEqual([[expect.anything(), expect.objectContaining({ errorId: errorIdOf(error) })]]);
    expect(errorIdOf(new Error('broken'))).not.toBe(errorIdOf(error));
  });

  it('are reported once each, and five at most', async () => {
    const { reportError } = await loaded();
    for (let count = 0; count < 50; count += 1) await reportError(new Error(`error ${count % 10}`));
    expect(sent).toHaveLength(5);
  });
});

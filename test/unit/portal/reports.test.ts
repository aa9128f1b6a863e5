import { afterEach, describe, expect, it, vi } from 'vitest';

import { reportLimit } from '../../../functions/portal/report-limit.ts';
import { takeBrowserError, takeCspReports } from '../../../functions/portal/take-reports.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import { problemFor } from '../../../functions/runtime/problem.ts';
import { browserErrorBody, cspReportsBody } from '../../../shared/contract/reports.ts';
import { at } from '../../fakes/cluster.ts';
import { testClock } from '../../fakes/test-clock.ts';

const PORTAL = 'https://atmo.example.com';
const request = { method: 'POST', headers: {}, cookies: {}, sourceIp: '203.0.113.9' };

const rig = () => {
  const clock = testClock(at('06:00:00'));
  const warn = vi.spyOn(logger, 'warn').mockReturnValue(undefined);
  const deps = { limit: reportLimit(clock), publicUrl: PORTAL };
  return { clock, logged: warn.mock.calls, error: takeBrowserError(deps), csp: takeCspReports(deps) };
};

afterEach(() => vi.restoreAllMocks());

describe('errors of pages', () => {
  it('are logged without mail addresses, queries and the sender', async () => {
    const { error, logged } = rig();
    const body = browserErrorBody.parse({
      message: 'Cannot read alice.smith@example.com',
      stack: `at ${PORTAL}/assets/a.js?token=secret:1:2\nat load (x#alice)`,
      page: `${PORTAL}/clusters/abc?owner=alice`,
      version: '2026.11.1',
      errorId: '1f3c',
    });
    expect(await error(body, request)).toBeUndefined();
    expect(logged).toEqual([
      [
        'An error in a page',
        {
          browserError: {
            message: 'Cannot read …',
            stack: `at ${PORTAL}/assets/a.js?…\nat load (x#…)`,
            page: '/clusters/abc',
            version: '2026.11.1',
            errorId: '1f3c',
          },
        },
      ],
    ]);
    expect(JSON.stringify(logged)).not.toMatch(/alice|secret|203\.0\.113/);
  });

  it('are cut to what a log line holds', () => {
    const { message, stack } = browserErrorBody.parse({ message: 'm'.repeat(9000), stack: 's'.repeat(9000) });
    expect([message.length, stack.length]).toEqual([500, 3000]);
    expect(browserErrorBody.parse({ message: 'x', cookie: 'secret' })).not.toHaveProperty('cookie');
    expect(browserErrorBody.safeParse({ message: 1 }).success).toBe(false);
    expect(browserErrorBody.safeParse({}).success).toBe(false);
  });
});

describe('violations of the content security policy', () => {
  const logged = {
    page: '/clusters',
    directive: 'script-src-elem',
    blocked: 'https://evil.example',
    source: '/assets/a.js',
    line: 7,
  };

  it.each([
    [
      'report-uri',
      {
        'csp-report': {
          'document-uri': `${PORTAL}/clusters?owner=alice`,
          'violated-directive': 'script-src-elem',
          'blocked-uri': 'https://evil.example/x.js?who=alice',
          'source-file': `${PORTAL}/assets/a.js`,
          'line-number': 7,
        },
      },
    ],
    [
      'the Reporting API',
      [
        {
          type: 'csp-violation',
          age: 1,
          body: {
            documentURL: `${PORTAL}/clusters#alice`,
            effectiveDirective: 'script-src-elem',
            blockedURL: 'https://evil.example/x.js',
            sourceFile: `${PORTAL}/assets/a.js`,
            lineNumber: 7,
          },
        },
        { type: 'deprecation', body: { id: 'x' } },
      ],
    ],
  ])('are logged as %s sends them', async (_by, body) => {
    const { csp, logged: lines } = rig();
    await csp(cspReportsBody.parse(body), request);
    expect(lines).toEqual([['A page violated its content security policy', { cspViolation: logged }]]);
  });

  it.each(['inline', 'data', 'eval', ''])('keep what blocked is where it is no address: %s', async (blocked) => {
    const { csp, logged: lines } = rig();
    await csp(cspReportsBody.parse({ 'csp-report': { 'blocked-uri': blocked } }), request);
    expect(lines[0]?.[1]).toMatchObject({ cspViolation: { blocked, page: '', line: null } });
  });

  it('are a bounded number, whatever is sent', async () => {
    const { csp, logged: lines } = rig();
    const many = Array.from({ length: 100 }, () => ({ type: 'csp-violation', body: {} }));
    await csp(cspReportsBody.parse(many), request);
    expect(lines).toHaveLength(10);
    for (const body of [null, 1, 'x', {}, { 'csp-report': 1 }, [1]])
      expect(cspReportsBody.safeParse(body).success).toBe(false);
  });
});

describe('the limit on reports', () => {
  it('is one of each address and one of all, by the minute', () => {
    const { clock } = rig();
    const limit = reportLimit(clock);
    for (let count = 0; count < 20; count += 1) limit('203.0.113.9');
    expect(() => limit('203.0.113.9')).toThrow(/no more for a minute/);
    limit('203.0.113.10');
    clock.advance(1);
    limit('203.0.113.9');
    for (let count = 1; count < 200; count += 1) limit(`10.0.0.${count}`);
    expect(() => limit('10.0.1.1')).toThrow(/no more for a minute/);
  });

  it('holds for reports of both kinds together, and nothing over it is logged', async () => {
    const { error, csp, logged } = rig();
    const anError = browserErrorBody.parse({ message: 'x' });
    const aReport = cspReportsBody.parse({ 'csp-report': {} });
    for (let count = 0; count < 10; count += 1) {
      await error(anError, request);
      await csp(aReport, request);
    }
    await expect(error(anError, request)).rejects.toThrow(/no more for a minute/);
    await expect(csp(aReport, request)).rejects.toThrow(/no more for a minute/);
    expect(logged).toHaveLength(20);
  });

  it('answers 429 with the time to wait', () => {
    const limit = reportLimit(testClock(at('06:00:00')));
    const refusal = (() => {
      try {
        for (;;) limit('203.0.113.9');
      } catch (error) {
        return problemFor(error, 'r1');
      }
    })();
    expect(refusal).toMatchObject({ statusCode: 429, headers: { 'retry-after': '60' } });
  });
});

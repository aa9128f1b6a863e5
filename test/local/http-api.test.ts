import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Activity } from '../../local/activity.ts';
import { installClock } from '../../local/clock.ts';
import { httpApi } from '../../local/http/http-api.ts';
import { FunctionError } from '../../local/lambda.ts';
import { listen, type RunningServer } from '../../local/server.ts';

describe('the local HTTP API', () => {
  let server: RunningServer;
  const invoke = vi.fn<(arn: string, event: unknown) => Promise<unknown>>();
  const report = vi.fn();
  const routes = [
    { routeKey: 'GET /api/jobs', functionArn: 'jobs' },
    { routeKey: 'GET /api/jobs/{id}', functionArn: 'jobs' },
    { routeKey: 'GET /api/jobs/defaults', functionArn: 'defaults' },
    { routeKey: 'POST /api/jobs', functionArn: 'jobs' },
    { routeKey: 'ANY /files/{proxy+}', functionArn: 'files' },
    { routeKey: '$default', functionArn: 'session' },
  ];
  const lastEvent = (): APIGatewayProxyEventV2 => invoke.mock.lastCall?.[1] as APIGatewayProxyEventV2;

  beforeEach(async () => {
    invoke.mockReset();
    invoke.mockResolvedValue({ statusCode: 200, body: 'ok' });
    const serve = httpApi({ routes, invoke, report });
    server = await listen(
      http.createServer((request, response) => void serve(request, response)),
      0,
    );
  });
  afterEach(() => server.close());

  it.each([
    ['GET', '/api/jobs', 'jobs', 'GET /api/jobs', undefined],
    ['GET', '/api/jobs/one%20two', 'jobs', 'GET /api/jobs/{id}', { id: 'one two' }],
    ['GET', '/api/jobs/defaults', 'defaults', 'GET /api/jobs/defaults', undefined],
    ['DELETE', '/api/jobs/x', 'session', '$default', undefined],
    ['PUT', '/files/a/b.txt', 'files', 'ANY /files/{proxy+}', { proxy: 'a/b.txt' }],
    ['GET', '/api/jobs/x/runs', 'session', '$default', undefined],
  ])('brings %s %s to %s', async (method, url, functionArn, routeKey, pathParameters) => {
    await fetch(server.url + url, { method });
    expect(invoke.mock.lastCall?.[0]).toBe(functionArn);
    expect(lastEvent()).toMatchObject({ routeKey, rawPath: url, requestContext: { routeKey, stage: '$default' } });
    expect(lastEvent().pathParameters).toEqual(pathParameters);
  });

  it('hands the request over as payload format 2.0', async () => {
    await fetch(`${server.url}/api/jobs?limit=2&tag=a&tag=b%20c`, {
      method: 'POST',
      headers: { Cookie: 'one=1; two=2', 'Content-Type': 'application/json', 'User-Agent': 'test' },
      body: '{"name":"é"}',
    });
    const event = lastEvent();
    expect(event).toMatchObject({
      version: '2.0',
      rawQueryString: 'limit=2&tag=a&tag=b%20c',
      queryStringParameters: { limit: '2', tag: 'a,b c' },
      cookies: ['one=1', 'two=2'],
      body: '{"name":"é"}',
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST', path: '/api/jobs', sourceIp: '127.0.0.1', userAgent: 'test' } },
    });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  it('hands over what is no text in base64', async () => {
    await fetch(`${server.url}/api/jobs`, {
      method: 'POST',
      body: Uint8Array.of(0, 255),
      headers: { 'Content-Type': 'application/zip' },
    });
    expect(lastEvent()).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  it('answers with status, headers, cookies and a decoded body', async () => {
    invoke.mockResolvedValue({
      statusCode: 201,
      headers: { 'content-type': 'application/zip', 'x-number': 7 },
      cookies: ['a=1; Path=/', 'b=2; Path=/'],
      body: 'AP8=',
      isBase64Encoded: true,
    });
    const response = await fetch(`${server.url}/api/jobs`);
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
    expect(response.headers.get('x-number')).toBe('7');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(0, 255));
  });

  it('takes anything else that a function answers for the body', async () => {
    invoke.mockResolvedValue({ hello: 'world' });
    const response = await fetch(`${server.url}/api/jobs`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ hello: 'world' });
  });

  it('answers by itself as the service does', async () => {
    const long = await fetch(`${server.url}/api/jobs`, { headers: { 'X-Long': 'x'.repeat(10_300) } });
    expect(long.status).toBe(431);
    const large = await fetch(`${server.url}/api/jobs`, { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024 + 1) });
    expect([large.status, await large.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect(invoke).not.toHaveBeenCalled();

    invoke.mockRejectedValue(new FunctionError('TypeError', 'x is not a function'));
    const failed = await fetch(`${server.url}/api/jobs`);
    expect([failed.status, await failed.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(report).toHaveBeenCalledWith('GET /api/jobs failed: x is not a function');
  });

  it('gives a function up after 29 seconds', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'atmo-http-api-'));
    const clock = installClock(path.join(directory, 'clock.json'), new Activity());
    try {
      invoke.mockReturnValue(new Promise(() => {}));
      const answer = fetch(`${server.url}/api/jobs`);
      await vi.waitFor(() => expect(invoke).toHaveBeenCalled());
      await clock.advance(30_000);
      expect((await answer).status).toBe(503);
    } finally {
      clock.uninstall();
      rmSync(directory, { recursive: true });
    }
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { pageFallback, pages } from '../../local/http/pages.ts';
import { headersOfPolicy } from '../../local/http/response-headers.ts';
import { listen, type RunningServer } from '../../local/server.ts';

const code = readFileSync(new URL('../../infra/constructs/page-fallback.js', import.meta.url), 'utf8');

describe('the local pages', () => {
  let directory: string;
  let server: RunningServer;

  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-pages-'));
    mkdirSync(path.join(directory, 'assets'));
    writeFileSync(path.join(directory, 'index.html'), '<!doctype html>');
    writeFileSync(path.join(directory, 'assets', 'main-1.js'), 'export {};');
    const serve = pages(directory, pageFallback(code));
    server = await listen(
      http.createServer((request, response) => void serve(request, response)),
      0,
    );
  });
  afterEach(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });

  it.each(['/', '/clusters', '/spark-jobs/my-job/runs', '/admin/emr-releases/7.10.0'])(
    'answers %s with the index page, asked for anew',
    async (url) => {
      const response = await fetch(server.url + url);
      expect(await response.text()).toBe('<!doctype html>');
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      const again = await fetch(server.url + url, { headers: { 'If-None-Match': response.headers.get('etag') ?? '' } });
      expect(again.status).toBe(304);
    },
  );

  it('serves files with a hash in their name for ever, and missing ones as missing', async () => {
    const script = await fetch(`${server.url}/assets/main-1.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(`${server.url}/assets/main-2.js`)).status).toBe(404);
    expect((await fetch(`${server.url}/missing.txt`)).status).toBe(404);
    expect((await fetch(`${server.url}/`, { method: 'POST' })).status).toBe(405);
    const head = await fetch(`${server.url}/assets/main-1.js`, { method: 'HEAD' });
    expect([head.headers.get('content-length'), await head.text()]).toEqual(['10', '']);
  });

  it('compresses what CloudFront compresses, with a weak tag, and nothing else', async () => {
    const script = `export const text = '${'a'.repeat(2000)}';`;
    writeFileSync(path.join(directory, 'assets', 'large-1.js'), script);
    writeFileSync(path.join(directory, 'assets', 'image-1.png'), Buffer.alloc(2000));
    const ask = (file: string, headers: Record<string, string>) => fetch(`${server.url}/assets/${file}`, { headers });
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip;q=1.0', 'gzip'],
    ] as const) {
      const answer = await ask('large-1.js', { 'Accept-Encoding': accepted });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(Number(answer.headers.get('content-length'))).toBeLessThan(200);
      expect(await answer.text()).toBe(script);
      const etag = answer.headers.get('etag') ?? '';
      expect(etag).toMatch(/^W\//);
      expect((await ask('large-1.js', { 'Accept-Encoding': accepted, 'If-None-Match': etag })).status).toBe(304);
    }
    for (const [file, accepted] of [
      ['large-1.js', 'identity'],
      ['main-1.js', 'br'],
      ['image-1.png', 'br'],
    ] as const) {
      const answer = await ask(file, { 'Accept-Encoding': accepted });
      expect(answer.headers.get('content-encoding')).toBeNull();
    }
  });

  it('serves nothing outside its folder', async () => {
    writeFileSync(`${directory}-secret.txt`, 'secret');
    const outside = `/..%2f${path.basename(directory)}-secret.txt`;
    expect((await fetch(server.url + outside)).status).toBe(404);
    rmSync(`${directory}-secret.txt`);
  });
});

describe('a response headers policy', () => {
  it('gives the headers that CloudFront would send', () => {
    expect(
      headersOfPolicy({
        CorsConfig: {
          AccessControlAllowOrigins: { Items: ['*'] },
          AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
          AccessControlAllowHeaders: { Items: ['*'] },
        },
        CustomHeadersConfig: { Items: [{ Header: 'Permissions-Policy', Value: 'camera=()', Override: true }] },
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'same-origin', Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Override: true },
        },
      }),
    ).toEqual({
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD',
      'Access-Control-Allow-Origin': '*',
      'Content-Security-Policy': "default-src 'none'",
      'Permissions-Policy': 'camera=()',
      'Referrer-Policy': 'same-origin',
      'Strict-Transport-Security': 'max-age=60; includeSubDomains',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    });
  });
});

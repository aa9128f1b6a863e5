import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { runInNewContext } from 'node:vm';

import { compressor, encodingFor } from './compression.ts';
import type { ServeRequest } from './http-api.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Which file a path stands for, decided by the distribution's own viewer-request function. */
export type PageFallback = (uri: string) => string;

/** Runs the CloudFront Function of the template as it is. */
export const pageFallback = (functionCode: string): PageFallback => {
  const handler = runInNewContext(`${functionCode}\nhandler`) as (event: { request: { uri: string } }) => {
    uri: string;
  };
  return (uri) => handler({ request: { uri } }).uri;
};

/** The built pages, compressed as CloudFront does: files under `assets/` for ever, everything else asked for anew. */
export const pages = (directory: string, fallback: PageFallback): ServeRequest => {
  const compressed = compressor();
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const uri = fallback(pathname);
    const file = path.join(directory, decodeSafely(uri));
    const content = file.startsWith(directory + path.sep) ? await readIfFile(file) : null;
    if (content === null) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found');
      return;
    }
    const contentType = CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream';
    const tag = `"${createHash('md5').update(content).digest('hex')}"`;
    const encoding = encodingFor(request.headers['accept-encoding'] ?? '', contentType, content.length);
    // CloudFront's tags of compressed files are weak: they stand for the same content, not for the same bytes.
    const etag = encoding === null ? tag : `W/${tag}`;
    response.setHeader('ETag', etag);
    response.setHeader('Vary', 'Accept-Encoding');
    response.setHeader(
      'Cache-Control',
      uri.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
    const sent = encoding === null ? content : compressed(encoding, tag, content);
    if (encoding !== null) response.setHeader('Content-Encoding', encoding);
    response.setHeader('Content-Type', contentType);
    response.setHeader('Content-Length', sent.length);
    response.writeHead(200).end(request.method === 'HEAD' ? undefined : sent);
  };
};

const decodeSafely = (uri: string): string => {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
};

const readIfFile = async (file: string): Promise<Buffer | null> => {
  const found = await stat(file).catch(() => null);
  return found?.isFile() === true ? readFile(file) : null;
};

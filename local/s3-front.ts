import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { answerListing } from './s3-listings.ts';

interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Stands before s3rver for what it lacks: every bucket is private here, as in the deployment, so an unsigned
 * request is refused; and the SDK signs a bucket's own path with a slash at its end, which s3rver does not know, so
 * signatures of listings and of deletions are checked here.
 */
export const s3Front =
  (keyPair: KeyPair, s3rver: RequestListener): RequestListener =>
  (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3');
    const isUploadForm =
      request.method === 'POST' && (request.headers['content-type'] ?? '').startsWith('multipart/form-data');
    const authorization = request.headers.authorization;
    if (authorization !== undefined && /^\/[^/]+\/?$/.test(pathname)) {
      if (authorization !== expectedAuthorization(request, authorization, keyPair)) {
        return refuse(response, 'SignatureDoesNotMatch', 'The request signature does not match.');
      }
      delete request.headers.authorization;
    } else if (authorization === undefined && !searchParams.has('X-Amz-Signature') && !isUploadForm) {
      if (request.method !== 'OPTIONS') return refuse(response, 'AccessDenied', 'Access Denied');
    }
    if (!answerListing(request, response, s3rver)) s3rver(request, response);
  };

const refuse = (response: ServerResponse, code: string, message: string): void => {
  response.writeHead(403, { 'Content-Type': 'application/xml' });
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
};

/** The header as the key's owner would have written it (AWS Signature Version 4). */
const expectedAuthorization = (request: IncomingMessage, given: string, keyPair: KeyPair): string => {
  const scope = /Credential=[^/]+\/([^,]+)/.exec(given)?.[1] ?? '';
  const signedHeaders = (/SignedHeaders=([^,]+)/.exec(given)?.[1] ?? '').split(';');
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const canonicalRequest = [
    request.method,
    path,
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${headerOf(request, name).trim().replaceAll(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    headerOf(request, 'x-amz-content-sha256'),
  ].join('\n');
  const hash = createHash('sha256').update(canonicalRequest).digest('hex');
  const stringToSign = ['AWS4-HMAC-SHA256', headerOf(request, 'x-amz-date'), scope, hash].join('\n');
  const key = scope
    .split('/')
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${keyPair.secretAccessKey}`);
  return (
    `AWS4-HMAC-SHA256 Credential=${keyPair.accessKeyId}/${scope}, SignedHeaders=${signedHeaders.join(';')}, ` +
    `Signature=${hmac(key, stringToSign).toString('hex')}`
  );
};

/** A parameter without a value is signed with an equals sign, whether it was sent with one or not. */
const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .map((parameter) => (parameter === '' || parameter.includes('=') ? parameter : `${parameter}=`))
    .toSorted()
    .join('&');

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

const headerOf = (request: IncomingMessage, name: string): string => request.headers[name]?.toString() ?? '';

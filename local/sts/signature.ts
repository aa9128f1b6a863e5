import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed of a request (AWS Signature Version 4). */
export interface SignedRequest {
  readonly method: string;
  /** Percent-encoded or not, without the query. */
  readonly path: string;
  /** Without the signature itself. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Those that are signed, with what the request carries for each. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Hexadecimal SHA-256 of the body, or the word that stands for it. */
  readonly payloadHash: string;
}

/** `20261126/us-west-2/s3/aws4_request` and the time as `20261126T120000Z`. */
export interface SignatureScope {
  readonly scope: string;
  readonly time: string;
}

export const signatureOf = (request: SignedRequest, { scope, time }: SignatureScope, secret: string): string => {
  const canonical = [
    request.method,
    request.path.split('/').map(decodedThenEncoded).join('/'),
    request.query
      .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
      .toSorted()
      .join('&'),
    ...request.headers.map(([name, value]) => `${name}:${value.trim().replaceAll(/ +/g, ' ')}`),
    '',
    request.headers.map(([name]) => name).join(';'),
    request.payloadHash,
  ].join('\n');
  return signatureOfText(['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n'), scope, secret);
};

/** A POST policy is signed as it stands. */
export const signatureOfText = (text: string, scope: string, secret: string): string => {
  const key = scope.split('/').reduce<string | Buffer>((previous, part) => hmac(previous, part), `AWS4${secret}`);
  return hmac(key, text).toString('hex');
};

export const isSameSignature = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/** RFC 3986, which spares fewer characters than `encodeURIComponent`. */
const uriEncode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const decodedThenEncoded = (segment: string): string => uriEncode(decodeURIComponent(segment));

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { AwsError } from '../aws-json.ts';
import { BodyTooLarge, readBody } from '../read-body.ts';
import type { AccessKeys, Caller } from '../sts/access-keys.ts';
import { authenticate } from '../sts/authentication.ts';
import { isAllowed } from '../sts/session-policy.ts';
import { allowOrigin, type CorsRule } from './cors.ts';
import { answerListing, unescapeXml } from './listings.ts';
import { permissionsFor, type S3Request } from './permissions.ts';
import { replay } from './replay.ts';
import { isUploadForm, readUploadForm } from './upload-form.ts';

interface Front {
  readonly buckets: readonly { readonly name: string; readonly cors: readonly CorsRule[] }[];
  readonly keys: AccessKeys;
  /** Serves whatever comes to it. */
  readonly s3rver: RequestListener;
}

/**
 * Stands before s3rver for what it lacks. Every bucket is private here, as in the deployment: who signed a request and
 * what they may do is decided here, and s3rver gets requests without a signature.
 */
export const s3Front =
  (front: Front) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await serve(front, request, response);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      response.writeHead(error.status, { 'Content-Type': 'application/xml' });
      const { name, message } = error;
      response.end(
        `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${name}</Code><Message>${escapeXml(message)}</Message></Error>`,
      );
    }
  };

const serve = async (front: Front, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { keys, s3rver, buckets } = front;
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://s3');
  const [, bucket = '', ...rest] = pathname.split('/');
  const definition = buckets.find(({ name }) => name === bucket);
  if (definition !== undefined) allowOrigin(definition.cors, request, response);
  // A browser's question before the request itself is not signed.
  if (request.method === 'OPTIONS' && definition !== undefined) return s3rver(request, response);
  if (isUploadForm(request)) {
    if (definition === undefined) throw denied();
    const { key, caller, put } = await readUploadForm(request, bucket, keys);
    requireAllowed(caller, {
      method: 'PUT',
      bucket,
      key,
      query: new URLSearchParams(),
      copySource: null,
      deletedKeys: [],
    });
    answerNoContent(response);
    return s3rver(put, response);
  }
  const caller = authenticate(request, keys, 's3', 'UNSIGNED-PAYLOAD');
  if (caller === null) throw denied();
  if (definition === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  checkParameters(request, query);
  const isDeletion = request.method === 'POST' && query.has('delete');
  const body = isDeletion ? await deletionOf(request) : null;
  requireAllowed(caller, {
    method: request.method ?? 'GET',
    bucket,
    key: decodeURIComponent(rest.join('/')),
    query,
    copySource: copySourceOf(request),
    deletedKeys: body === null ? [] : keysIn(body),
  });
  const unsigned = withoutSignature(request, body);
  if (!answerListing(unsigned, response, s3rver)) s3rver(unsigned, response);
};

const requireAllowed = ({ policy }: Caller, request: S3Request): void => {
  if (policy !== null && !permissionsFor(request).every((permission) => isAllowed(policy, permission))) throw denied();
};

const denied = (): AwsError => new AwsError('AccessDenied', 'Access Denied', 403);

/** s3rver makes file names of some of these and takes others for numbers. */
const checkParameters = (request: IncomingMessage, query: URLSearchParams): void => {
  for (const name of query.keys()) {
    if (query.getAll(name).length > 1) throw new AwsError('InvalidArgument', `${name} is given more than once.`);
  }
  const [upload, part] = [query.get('uploadId'), query.get('partNumber')];
  if (upload !== null && !/^[0-9a-f]{32}$/.test(upload)) {
    throw new AwsError('NoSuchUpload', 'The specified upload does not exist.', 404);
  }
  if (part !== null && !/^[1-9]\d{0,4}$/.test(part))
    throw new AwsError('InvalidArgument', 'The part number is invalid.');
  for (const [name, value] of query) {
    if (name.startsWith('response-') && /[^\t -~\u00a0-\u00ff]/.test(value)) {
      throw new AwsError('InvalidArgument', `Header value cannot be represented using ISO-8859-1: ${name}`);
    }
  }
  const payload = request.headers['x-amz-content-sha256']?.toString() ?? 'UNSIGNED-PAYLOAD';
  if (!/^(UNSIGNED-PAYLOAD|STREAMING-AWS4-HMAC-SHA256-PAYLOAD|[0-9a-f]{64})$/.test(payload)) {
    throw new AwsError('InvalidArgument', 'x-amz-content-sha256 is of a kind that the local S3 does not take.');
  }
  // RFC 9110, 13.1.3: a time does not count beside an ETag. s3rver takes what was written twice in a second for unchanged.
  if (request.headers['if-none-match'] !== undefined) delete request.headers['if-modified-since'];
  // As a server may: the whole object for a range that it does not understand.
  if (!/^bytes=\d+-\d*$/.test(request.headers.range ?? '')) delete request.headers.range;
};

const copySourceOf = ({ headers }: IncomingMessage): string | null => {
  const source = headers['x-amz-copy-source'];
  if (typeof source !== 'string') return null;
  try {
    return decodeURIComponent(source.replace(/^\//, ''));
  } catch {
    throw new AwsError('InvalidArgument', 'x-amz-copy-source is not valid percent-encoded UTF-8.');
  }
};

const deletionOf = async (request: IncomingMessage): Promise<Buffer> => {
  try {
    return await readBody(request);
  } catch (error) {
    if (error instanceof BodyTooLarge) throw new AwsError('MalformedXML', error.message);
    throw error;
  }
};

/** @throws AwsError where another reader might find other keys in it */
const keysIn = (body: Buffer): readonly string[] => {
  const text = body.toString('utf8');
  const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => unescapeXml(key));
  const isPlain = !text.includes('<!') && text.split(/<Key\b/).length - 1 === keys.length && keys.length > 0;
  if (!isPlain) throw new AwsError('MalformedXML', 'The XML you provided was not well-formed.');
  return keys;
};

const SIGNING = /^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token|Content-Sha256)$/i;

const withoutSignature = (request: IncomingMessage, body: Buffer | null): IncomingMessage => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3');
  for (const name of new Set(searchParams.keys())) if (SIGNING.test(name)) searchParams.delete(name);
  const url = `${pathname}?${searchParams.toString()}`;
  const headers = { ...request.headers };
  for (const name of ['authorization', 'x-amz-security-token']) delete headers[name];
  const source = copySourceOf(request);
  // S3 decodes every percent-encoding; s3rver only those that `encodeURI` makes.
  if (source !== null) headers['x-amz-copy-source'] = encodeURI(source);
  if (body !== null) return replay(request, { method: 'POST', url, headers, body });
  return Object.assign(request, { url, headers });
};

/** As a form upload is answered: 204 in place of a PUT's 200. */
const answerNoContent = (response: ServerResponse): void => {
  const end = response.end.bind(response) as (...values: unknown[]) => ServerResponse;
  response.end = ((...values: unknown[]) => {
    if (response.statusCode === 200) response.statusCode = 204;
    return end(...values);
  }) as typeof response.end;
};

const escapeXml = (text: string): string => text.replaceAll(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);

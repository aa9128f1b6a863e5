import type { IncomingMessage } from 'node:http';

import { AwsError } from '../aws-json.ts';
import { native } from '../native-timers.ts';
import type { AccessKeys, Caller } from './access-keys.ts';
import { isSameSignature, signatureOf, type SignedRequest } from './signature.ts';

const SKEW_MS = 15 * 60_000;
const MAX_EXPIRES_SECONDS = 7 * 24 * 3600;

/**
 * Finds out who signed a request, by its Authorization header or in its query.
 * @param service that the signature must be for: `s3`, `sts`
 * @param payloadHash of the body, for requests that do not say it in a header
 * @returns null where nobody signed it
 * @throws AwsError where the signature is not right or no longer valid
 */
export const authenticate = (
  request: IncomingMessage,
  keys: AccessKeys,
  service: string,
  payloadHash: string,
): Caller | null => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://aws');
  const { authorization } = request.headers;
  const isPresigned = searchParams.has('X-Amz-Signature') || searchParams.has('X-Amz-Algorithm');
  if (searchParams.has('Signature') || searchParams.has('AWSAccessKeyId') || authorization?.startsWith('AWS ')) {
    throw new AwsError(
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  if (isPresigned && authorization !== undefined)
    throw new AwsError('InvalidArgument', 'Only one auth mechanism allowed');
  if (!isPresigned && authorization === undefined) return null;

  const query = [...searchParams].filter(([name]) => name !== 'X-Amz-Signature');
  const signed = isPresigned ? inQuery(searchParams) : inHeader(request, authorization ?? '');
  const { accessKeyId, scope, time, signedHeaders, signature, token } = signed;
  if (!new RegExp(`^${time.slice(0, 8)}/[a-z0-9-]+/${service}/aws4_request$`).test(scope)) {
    throw malformed(`The credential scope must be of the request's date and of the service ${service}.`);
  }
  if (!signedHeaders.includes('host')) throw malformed('The host header must be signed.');
  const { caller, secretAccessKey } = keys.find(accessKeyId, token);
  const canonical: SignedRequest = {
    method: request.method ?? 'GET',
    path: pathname,
    query,
    headers: signedHeaders.map((name) => [name, headerOf(request, name)]),
    payloadHash: headerOf(request, 'x-amz-content-sha256') || payloadHash,
  };
  if (!isSameSignature(signature, signatureOf(canonical, { scope, time }, secretAccessKey))) {
    const why = 'The request signature we calculated does not match the signature you provided.';
    throw new AwsError('SignatureDoesNotMatch', why, 403);
  }
  return caller;
};

interface Signed {
  readonly accessKeyId: string;
  readonly scope: string;
  readonly time: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly token: string;
}

const inHeader = (request: IncomingMessage, authorization: string): Signed => {
  const part = (name: string): string => new RegExp(`[ ,]${name}=([^, ]+)`).exec(authorization)?.[1] ?? '';
  const credential = part('Credential');
  const time = headerOf(request, 'x-amz-date');
  const at = timeOf(time);
  if (!authorization.startsWith('AWS4-HMAC-SHA256 ') || !credential.includes('/') || part('Signature') === '') {
    throw malformed('The authorization header is malformed.');
  }
  if (at === null) throw new AwsError('AccessDenied', 'AWS authentication requires a valid x-amz-date header', 403);
  // Processes that this stack starts have the machine's clock; its own clients have the stack's.
  if ([Date.now(), native.Date.now()].every((now) => Math.abs(now - at) > SKEW_MS)) {
    const why = 'The difference between the request time and the current time is too large.';
    throw new AwsError('RequestTimeTooSkewed', why, 403);
  }
  return {
    ...splitCredential(credential),
    time,
    signedHeaders: part('SignedHeaders').split(';'),
    signature: part('Signature'),
    token: headerOf(request, 'x-amz-security-token'),
  };
};

const inQuery = (query: URLSearchParams): Signed => {
  const value = (name: string): string => query.get(`X-Amz-${name}`) ?? '';
  const time = value('Date');
  const at = timeOf(time);
  const expires = /^\d{1,7}$/.test(value('Expires')) ? Number(value('Expires')) : 0;
  const isComplete = ['Credential', 'SignedHeaders', 'Signature'].every((name) => value(name) !== '');
  if (
    value('Algorithm') !== 'AWS4-HMAC-SHA256' ||
    at === null ||
    !isComplete ||
    expires < 1 ||
    expires > MAX_EXPIRES_SECONDS
  ) {
    const why = 'Query-string authentication version 4 requires its six parameters, each with a valid value.';
    throw new AwsError('AuthorizationQueryParametersError', why);
  }
  if (Date.now() >= at + expires * 1000) throw new AwsError('AccessDenied', 'Request has expired', 403);
  if (Date.now() < at - SKEW_MS) throw new AwsError('AccessDenied', 'Request is not valid yet', 403);
  return {
    ...splitCredential(value('Credential')),
    time,
    signedHeaders: value('SignedHeaders').split(';'),
    signature: value('Signature'),
    token: value('Security-Token'),
  };
};

export const splitCredential = (credential: string): { readonly accessKeyId: string; readonly scope: string } => {
  const slash = credential.indexOf('/');
  return { accessKeyId: credential.slice(0, Math.max(slash, 0)), scope: credential.slice(slash + 1) };
};

/** @returns milliseconds since the epoch, or null where the text is not `20261126T120000Z` */
const timeOf = (text: string): number | null => {
  const at = Date.parse(text.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
  return Number.isNaN(at) || !/^\d{8}T\d{6}Z$/.test(text) ? null : at;
};

const malformed = (why: string): AwsError => new AwsError('AuthorizationHeaderMalformed', why);

const headerOf = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
};

import type { IncomingMessage } from 'node:http';

import { AwsError } from '../aws-json.ts';
import { BodyTooLarge, readBody } from '../read-body.ts';
import type { AccessKeys, Caller } from '../sts/access-keys.ts';
import { splitCredential } from '../sts/authentication.ts';
import { isSameSignature, signatureOfText } from '../sts/signature.ts';
import { replay } from './replay.ts';
import { checkUploadPolicy } from './upload-policy.ts';

/** Bytes of a whole form; far more than any policy of the portal allows for its file. */
const LARGEST_FORM = 64 * 1024 * 1024;

export const isUploadForm = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && (headers['content-type'] ?? '').startsWith('multipart/form-data');

interface Upload {
  readonly key: string;
  readonly caller: Caller;
  /** The same upload as a PUT, which s3rver takes without looking at any form. */
  readonly put: IncomingMessage;
}

/**
 * Reads a browser's upload form and checks its policy: signature, expiry, conditions, size.
 * @throws AwsError as S3 words it
 */
export const readUploadForm = async (request: IncomingMessage, bucket: string, keys: AccessKeys): Promise<Upload> => {
  const form = await formOf(request);
  const fields = new Map<string, string>();
  let file: Buffer | undefined;
  for (const [name, value] of form) {
    // As in S3, the file is the last field, and what follows it is ignored.
    if (file !== undefined) break;
    if (name.toLowerCase() === 'file') file = Buffer.from(await new Blob([value]).arrayBuffer());
    else if (typeof value !== 'string' || fields.has(name.toLowerCase()))
      throw malformed(`The field ${name} is given twice or is a file.`);
    else fields.set(name.toLowerCase(), value);
  }
  if (file === undefined) throw new AwsError('InvalidArgument', 'POST requires exactly one file upload per request.');
  if ((fields.get('bucket') ?? bucket) !== bucket) throw malformed('The field bucket names another bucket.');
  fields.set('bucket', bucket);
  const caller = signerOf(fields, keys);
  checkUploadPolicy(fields.get('policy') ?? '', fields, file.length);
  const key = fields.get('key') ?? '';
  if (key === '') throw new AwsError('InvalidArgument', 'User key must have a length greater than 0.');
  return { key, caller, put: asPut(request, `/${bucket}/${key}`, fields, file) };
};

const formOf = async (request: IncomingMessage): Promise<FormData> => {
  try {
    const body = await readBody(request, LARGEST_FORM);
    const headers = { 'Content-Type': request.headers['content-type'] ?? '' };
    return await new Response(Uint8Array.from(body), { headers }).formData();
  } catch (error) {
    if (error instanceof BodyTooLarge) {
      throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed object size.');
    }
    throw malformed('The body of your POST request is not well-formed multipart/form-data.');
  }
};

/** @throws AwsError where there is no policy, or nobody who may sign has signed it */
const signerOf = (fields: ReadonlyMap<string, string>, keys: AccessKeys): Caller => {
  const field = (name: string): string => fields.get(name) ?? '';
  if (field('policy') === '') throw new AwsError('AccessDenied', 'Access Denied', 403);
  const { accessKeyId, scope } = splitCredential(field('x-amz-credential'));
  if (field('x-amz-algorithm') !== 'AWS4-HMAC-SHA256' || !/^\d{8}\/[a-z0-9-]+\/s3\/aws4_request$/.test(scope)) {
    throw new AwsError('InvalidArgument', 'The form must be signed with AWS4-HMAC-SHA256 for s3.');
  }
  const { caller, secretAccessKey } = keys.find(accessKeyId, field('x-amz-security-token'));
  if (!isSameSignature(field('x-amz-signature'), signatureOfText(field('policy'), scope, secretAccessKey))) {
    const why = 'The request signature we calculated does not match the signature you provided.';
    throw new AwsError('SignatureDoesNotMatch', why, 403);
  }
  return caller;
};

const STORED = /^(cache-control|content-(disposition|encoding|language|type)|expires|x-amz-meta-.*)$/;

const asPut = (
  request: IncomingMessage,
  path: string,
  fields: ReadonlyMap<string, string>,
  body: Buffer,
): IncomingMessage => {
  const { host, origin } = request.headers;
  const headers = {
    ...Object.fromEntries([...fields].filter(([name]) => STORED.test(name))),
    ...(host !== undefined && { host }),
    ...(origin !== undefined && { origin }),
    'content-length': String(body.length),
  };
  return replay(request, { method: 'PUT', url: path.split('/').map(encodeURIComponent).join('/'), headers, body });
};

const malformed = (why: string): AwsError => new AwsError('MalformedPOSTRequest', why);

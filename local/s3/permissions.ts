import type { Permission } from '../sts/session-policy.ts';

/** A request to S3 as far as permissions go. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** '' for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** `bucket/key` of what is copied. */
  readonly copySource: string | null;
  /** Of a deletion of several. */
  readonly deletedKeys: readonly string[];
}

/** What a caller must be allowed for a request. An operation that the portal's sessions never need requires `s3:*`'s own name. */
export const permissionsFor = ({ method, bucket, key, query, copySource, deletedKeys }: S3Request): Permission[] => {
  const arn = `arn:aws:s3:::${bucket}`;
  const object = (action: string, of = key): Permission => ({ action: `s3:${action}`, resource: `${arn}/${of}` });
  const isPlain = [
    'acl',
    'tagging',
    'cors',
    'website',
    'policy',
    'torrent',
    'retention',
    'legal-hold',
    'versions',
  ].every((name) => !query.has(name));
  if (key === '') {
    if (method === 'POST' && query.has('delete')) return deletedKeys.map((deleted) => object('DeleteObject', deleted));
    if ((method !== 'GET' && method !== 'HEAD') || !isPlain) return [{ action: 's3:Other', resource: arn }];
    return [{ action: 's3:ListBucket', resource: arn, context: { 's3:prefix': query.get('prefix') ?? '' } }];
  }
  if (!isPlain) return [object('Other')];
  if (method === 'GET' || method === 'HEAD') return [object('GetObject')];
  if (method === 'DELETE') return [object(query.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject')];
  if (method !== 'PUT' && !(method === 'POST' && (query.has('uploads') || query.has('uploadId'))))
    return [object('Other')];
  return [
    object('PutObject'),
    ...(copySource === null ? [] : [{ action: 's3:GetObject', resource: `arn:aws:s3:::${copySource}` }]),
  ];
};

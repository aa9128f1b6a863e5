import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { GetObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';

import type { ServeRequest } from './http-api.ts';

/** Serves a bucket as a distribution's origin access does: objects by their key, 404 for any other path. */
export const bucketOrigin =
  (s3: S3Client, bucket: string): ServeRequest =>
  async (request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(403).end();
      return;
    }
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const object = await findObject(s3, bucket, decodeURIComponent(pathname.slice(1)));
    if (object?.Body === undefined) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found');
      return;
    }
    response.setHeader('Content-Type', object.ContentType ?? 'binary/octet-stream');
    if (object.ContentLength !== undefined) response.setHeader('Content-Length', object.ContentLength);
    if (object.ETag !== undefined) response.setHeader('ETag', object.ETag);
    response.setHeader('Last-Modified', (object.LastModified ?? new Date()).toUTCString());
    await pipeline(object.Body as Readable, response);
  };

const findObject = async (s3: S3Client, Bucket: string, Key: string) => {
  if (Key === '') return null;
  try {
    return await s3.send(new GetObjectCommand({ Bucket, Key }));
  } catch (error) {
    // What S3 does not have, or refuses: a key that is too long or leads elsewhere.
    if (error instanceof S3ServiceException && error.$fault === 'client') return null;
    throw error;
  }
};

import { DeleteObjectsCommand, paginateListObjectsV2, type ObjectIdentifier, type S3Client } from '@aws-sdk/client-s3';

import { awsErrorOf, fromAws } from './aws-errors.ts';

export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Whole seconds: within one, only the ETag tells two contents apart. */
  readonly lastModified: string;
  readonly etag: string;
}

interface ListingLimits {
  /** Where fewer than all are enough. */
  readonly atMost?: number;
  /** Only keys that come after this one, in S3's order: that of their UTF-8 bytes. */
  readonly after?: string | undefined;
  /** Which keys count. */
  readonly keep?: (key: string) => boolean;
}

/**
 * The objects under a prefix, by key.
 * @throws AwsThrottled, AwsFailed
 */
export const objectsUnder = async (
  client: S3Client,
  bucket: string,
  prefix: string,
  { atMost = Number.POSITIVE_INFINITY, after, keep = () => true }: ListingLimits = {},
): Promise<ListedObject[]> => {
  const found: ListedObject[] = [];
  const request = { Bucket: bucket, Prefix: prefix, StartAfter: after };
  try {
    for await (const page of paginateListObjectsV2({ client }, request)) {
      for (const { Key, Size, LastModified, ETag } of page.Contents ?? []) {
        if (Key === undefined || Key.endsWith('/') || !keep(Key)) continue;
        const lastModified = (LastModified ?? new Date(0)).toISOString();
        found.push({ key: Key, size: Size ?? 0, lastModified, etag: ETag ?? lastModified });
      }
      if (found.length >= atMost) return found.slice(0, atMost);
    }
  } catch (error) {
    throw awsErrorOf('S3', error);
  }
  return found;
};

/** S3 takes this many keys in one call. */
const MOST_KEYS = 1000;

/** @throws AwsThrottled, AwsFailed */
export const deleteObjects = async (
  client: S3Client,
  bucket: string,
  objects: readonly ObjectIdentifier[],
): Promise<void> => {
  for (let start = 0; start < objects.length; start += MOST_KEYS) {
    const Objects = objects.slice(start, start + MOST_KEYS);
    await fromAws('S3', client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } })));
  }
};

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

import type { BucketContent } from './storage-resources.ts';

/** Copies a folder into its bucket, as the deployment would; leaves it alone where it is there already. */
export const deployContent = async (s3: S3Client, { bucket, prefix, directory }: BucketContent): Promise<void> => {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}/` }));
  if (KeyCount === files.length) return;
  for (const file of files) {
    const location = path.join(file.parentPath, file.name);
    const key = path.posix.join(prefix, path.relative(directory, location).split(path.sep).join('/'));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: readFileSync(location) }));
  }
};

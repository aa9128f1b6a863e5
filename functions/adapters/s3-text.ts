import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';

import { awsErrorOf, isAwsError } from './aws-errors.ts';

interface ObjectAddress {
  readonly Bucket: string;
  readonly Key: string;
}

/**
 * The text of an object; null if there is none, or if it has more bytes.
 * @throws AwsThrottled, AwsFailed
 */
export const textOrNull = async (
  client: S3Client,
  address: ObjectAddress,
  maxBytes: number,
): Promise<string | null> => {
  try {
    const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand(address));
    if (ContentLength <= maxBytes) return (await Body?.transformToString()) ?? null;
    // Whatever is not read would hold the connection.
    (Body as { destroy?: () => void } | undefined)?.destroy?.();
    return null;
  } catch (error) {
    if (isAwsError(error, 'NoSuchKey')) return null;
    throw awsErrorOf('S3', error);
  }
};

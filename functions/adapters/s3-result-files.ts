import { CopyObjectCommand, type S3Client } from '@aws-sdk/client-s3';

import type { Setting } from '../../shared/contract/environment.ts';
import type { ResultFiles } from '../ports/result-files.ts';
import { fromAws } from './aws-errors.ts';
import { S3_SETTINGS, s3Client } from './s3-client.ts';
import { deleteObjects, objectsUnder } from './s3-listing.ts';

export const RESULT_FILES_SETTINGS = [
  ...S3_SETTINGS,
  'resultsBucket',
  'publicResultsBucket',
] as const satisfies readonly Setting[];

type ResultFilesSettings = Readonly<Record<(typeof RESULT_FILES_SETTINGS)[number], string>>;

/** Objects copied at once. */
const PARALLEL = 50;

export const s3ResultFiles = (settings: ResultFilesSettings, client: S3Client = s3Client(settings)): ResultFiles => {
  const { resultsBucket, publicResultsBucket } = settings;

  const copy = (Key: string): Promise<unknown> => {
    const CopySource = `${publicResultsBucket}/${Key.split('/').map(encodeURIComponent).join('/')}`;
    return fromAws('S3', client.send(new CopyObjectCommand({ Bucket: resultsBucket, Key, CopySource })));
  };

  return {
    async makePrivate(identifier) {
      const keys = (await objectsUnder(client, publicResultsBucket, `${identifier}/`)).map(({ key }) => key);
      for (let start = 0; start < keys.length; start += PARALLEL) {
        const some = keys.slice(start, start + PARALLEL);
        await Promise.all(some.map(copy));
        await deleteObjects(
          client,
          publicResultsBucket,
          some.map((Key) => ({ Key })),
        );
      }
    },

    async removeAll(identifier) {
      for (const bucket of [publicResultsBucket, resultsBucket]) {
        const found = await objectsUnder(client, bucket, `${identifier}/`);
        await deleteObjects(
          client,
          bucket,
          found.map(({ key }) => ({ Key: key })),
        );
      }
    },
  };
};

import { GetObjectCommand, type GetObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Readable } from 'node:stream';

import type { Setting } from '../../shared/contract/environment.ts';
import { MAX_LISTED_FILES } from '../../shared/contract/listed-files.ts';
import { logsPrefix, resultsPrefix, type Run } from '../../shared/domain/run.ts';
import type { RunFiles, StoredFile } from '../ports/run-files.ts';
import { fromAws } from './aws-errors.ts';
import { tailOfGzip } from './log-tail.ts';
import { asAttachment, LINK_SECONDS, s3Client } from './s3-client.ts';
import { objectsUnder, type ListedObject } from './s3-listing.ts';
import { resultsBucketOf, RUN_OUTCOME_SETTINGS, s3RunOutcomes } from './s3-run-outcomes.ts';

export const RUN_FILES_SETTINGS = [
  ...RUN_OUTCOME_SETTINGS,
  'publicResultsUrl',
  'logsBucket',
] as const satisfies readonly Setting[];

type RunFilesSettings = Readonly<Record<(typeof RUN_FILES_SETTINGS)[number], string>>;

/** The gzip of nothing. */
const EMPTY_GZIP_BYTES = 20;

/** Where the reason of a failure is most likely told. */
const TELLING = ['stderr.gz', 'stdout.gz', 'controller.gz'];

const encodedPath = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

const newestFirst = (a: ListedObject, b: ListedObject): number => b.lastModified.localeCompare(a.lastModified);

export const s3RunFiles = (settings: RunFilesSettings, client: S3Client = s3Client(settings)): RunFiles => {
  const { publicResultsUrl, logsBucket } = settings;
  const link = (input: GetObjectCommandInput): Promise<string> =>
    fromAws('S3', getSignedUrl(client, new GetObjectCommand(input), { expiresIn: LINK_SECONDS }));

  /** Logs of the steps, or of the bootstrap action where the run did not get as far as a step. */
  const logsOf = async (run: Run): Promise<{ prefix: string; found: readonly ListedObject[] }> => {
    const prefix = `${logsPrefix(run)}${run.jobflowId}/`;
    if (run.jobflowId === null) return { prefix, found: [] };
    const steps = await objectsUnder(client, logsBucket, `${prefix}steps/`);
    if (steps.length > 0) return { prefix, found: steps };
    const ofNodes = await objectsUnder(client, logsBucket, `${prefix}node/`);
    return { prefix, found: ofNodes.filter(({ key }) => key.includes('/bootstrap-actions/')) };
  };

  return {
    ...s3RunOutcomes(settings, client),

    async results(run) {
      const prefix = resultsPrefix(run);
      const Bucket = resultsBucketOf(settings, run);
      const toFile = async ({ key, size, lastModified }: ListedObject): Promise<StoredFile> => {
        const name = key.slice(prefix.length);
        const url =
          run.resultVisibility === 'public'
            ? `${publicResultsUrl}/${encodedPath(key)}`
            : await link({
                Bucket,
                Key: key,
                ResponseContentDisposition: asAttachment(name.split('/').at(-1) ?? name),
              });
        return { key, name, size, lastModified, url };
      };
      return Promise.all((await objectsUnder(client, Bucket, prefix, MAX_LISTED_FILES)).map(toFile));
    },

    async logs(run) {
      const { prefix, found } = await logsOf(run);
      return Promise.all(
        found.slice(0, MAX_LISTED_FILES).map(async ({ key, size, lastModified }) => {
          const url = await link({
            Bucket: logsBucket,
            Key: key,
            // The browser unpacks it and shows text, whatever the file's ending.
            ResponseContentEncoding: 'gzip',
            ResponseContentType: 'text/plain; charset=utf-8',
          });
          return { key, name: key.slice(prefix.length), size, lastModified, url };
        }),
      );
    },

    async logTail(run) {
      const { found } = await logsOf(run);
      const filled = found.filter(({ size }) => size > EMPTY_GZIP_BYTES).toSorted(newestFirst);
      const telling = TELLING.map((name) => filled.find(({ key }) => key.endsWith(`/${name}`)));
      const log = telling.find((candidate) => candidate !== undefined);
      if (log === undefined) return null;
      const { Body } = await fromAws('S3', client.send(new GetObjectCommand({ Bucket: logsBucket, Key: log.key })));
      return Body === undefined ? null : tailOfGzip(Body as Readable);
    },
  };
};

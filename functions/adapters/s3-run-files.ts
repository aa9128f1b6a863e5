import { GetObjectCommand, type GetObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Readable } from 'node:stream';

import type { Setting } from '../../shared/contract/environment.ts';
import { jobRunIdOf } from '../../shared/domain/serverless-ids.ts';
import { isFinalRun, logsPrefix, resultsPrefix, type Run } from '../../shared/domain/run.ts';
import type { RunFiles, StoredFile } from '../ports/run-files.ts';
import { fromAws } from './aws-errors.ts';
import { EMPTY_GZIP_BYTES, tailOfGzip } from './log-tail.ts';
import { pageByName, pageOfResults, PROGRESS_FILE } from './s3-file-pages.ts';
import { asAttachment, LINK_SECONDS, listSigningDate, s3Client } from './s3-client.ts';
import { textOrNull } from './s3-text.ts';
import { MAX_PROGRESS, parsedProgress } from './notebook-progress.ts';
import { MAX_SPARK_FACTS, parsedSparkFacts, SPARK_FACTS_FILE } from './notebook-spark-facts.ts';
import { objectsUnder, type ListedObject } from './s3-listing.ts';
import { resultsBucketOf, RUN_OUTCOME_SETTINGS, s3RunOutcomes } from './s3-run-outcomes.ts';

export const RUN_FILES_SETTINGS = [
  ...RUN_OUTCOME_SETTINGS,
  'notebooksBucket',
  'publicResultsUrl',
  'logsBucket',
] as const satisfies readonly Setting[];

type RunFilesSettings = Readonly<Record<(typeof RUN_FILES_SETTINGS)[number], string>>;

/** Bytes of a notebook that is compared with another one. */
const MAX_COMPARED = 5_000_000;

/** The logs most likely to have the reason of a failure. */
const TELLING = ['stderr.gz', 'stdout.gz', 'controller.gz'];

/** EMR writes the command line into it, with the run's secret. Once the run is final that opens nothing. */
const CONTROLLER = '/controller.gz';

/** The folder that EMR makes for the run's logs below the log URI of its launch. */
const logRootOf = (run: Run): string => {
  const emrId = run.workload.emrId ?? '';
  if (run.workload.engine === 'cluster') return `${logsPrefix(run)}${emrId}/`;
  const { applicationId, jobRunId } = jobRunIdOf(emrId);
  return `${logsPrefix(run)}applications/${applicationId}/jobs/${jobRunId}/`;
};

const encodedPath = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

const newestFirst = (a: ListedObject, b: ListedObject): number => b.lastModified.localeCompare(a.lastModified);

export const s3RunFiles = (settings: RunFilesSettings, client: S3Client = s3Client(settings)): RunFiles => {
  const { publicResultsUrl, logsBucket } = settings;
  const link = (input: GetObjectCommandInput): Promise<string> =>
    fromAws(
      'S3',
      getSignedUrl(client, new GetObjectCommand(input), { expiresIn: LINK_SECONDS, signingDate: listSigningDate() }),
    );

  /** A file in which the runner tells the portal something. */
  const told = async (run: Run, name: string, most: number): Promise<string | null> => {
    const Bucket = await resultsBucketOf(settings, client, run);
    return textOrNull(client, { Bucket, Key: `${resultsPrefix(run)}${name}` }, most);
  };

  /** Which logs are told of: those of the steps, or of the bootstrap action where the run did not get as far as a step. */
  const toldLogs = async (run: Run): Promise<{ readonly folder: string; readonly keep: (key: string) => boolean }> => {
    const root = logRootOf(run);
    if (run.workload.engine === 'serverless') return { folder: `${root}SPARK_DRIVER/`, keep: () => true };
    const [step] = await objectsUnder(client, logsBucket, `${root}steps/`, { atMost: 1 });
    return step === undefined
      ? { folder: `${root}node/`, keep: (key) => key.includes('/bootstrap-actions/') }
      : { folder: `${root}steps/`, keep: (key) => isFinalRun(run) || !key.endsWith(CONTROLLER) };
  };

  return {
    ...s3RunOutcomes(settings, client),

    async progress(run) {
      const text = await told(run, PROGRESS_FILE, MAX_PROGRESS);
      return text === null ? null : parsedProgress(text);
    },

    async sparkFacts(run) {
      const text = await told(run, SPARK_FACTS_FILE, MAX_SPARK_FACTS);
      return text === null ? null : parsedSparkFacts(text);
    },

    notebook: ({ notebookKey: Key }) => textOrNull(client, { Bucket: settings.notebooksBucket, Key }, MAX_COMPARED),

    async results(run, page) {
      const prefix = resultsPrefix(run);
      const bucket = await resultsBucketOf(settings, client, run);
      const found = await pageOfResults({ client, bucket, prefix }, page);
      const toFile = async (object: ListedObject): Promise<StoredFile> => {
        const name = object.key.slice(prefix.length);
        const attachment = asAttachment(name.split('/').at(-1) ?? name);
        const url =
          bucket === settings.publicResultsBucket
            ? `${publicResultsUrl}/${encodedPath(object.key)}`
            : await link({ Bucket: bucket, Key: object.key, ResponseContentDisposition: attachment });
        return { ...object, name, s3Uri: `s3://${bucket}/${object.key}`, url };
      };
      return { ...found, items: await Promise.all(found.items.map(toFile)) };
    },

    async logs(run, page) {
      if (run.workload.emrId === null) return { items: [], cursor: null };
      const { folder, keep } = await toldLogs(run);
      const found = await pageByName({ client, bucket: logsBucket, prefix: folder }, page, keep);
      const rootLength = logRootOf(run).length;
      const toFile = async (object: ListedObject): Promise<StoredFile> => ({
        ...object,
        name: object.key.slice(rootLength),
        s3Uri: `s3://${logsBucket}/${object.key}`,
        url: await link({
          Bucket: logsBucket,
          Key: object.key,
          // The browser decompresses it and shows text, regardless of the file extension.
          ResponseContentEncoding: 'gzip',
          ResponseContentType: 'text/plain; charset=utf-8',
        }),
      });
      return { ...found, items: await Promise.all(found.items.map(toFile)) };
    },

    async logTail(run) {
      if (run.workload.emrId === null) return null;
      const { folder, keep } = await toldLogs(run);
      const found = await objectsUnder(client, logsBucket, folder, { keep });
      const filled = found.filter(({ size }) => size > EMPTY_GZIP_BYTES).toSorted(newestFirst);
      const telling = TELLING.map((name) => filled.find(({ key }) => key.endsWith(`/${name}`)));
      const log = telling.find((candidate) => candidate !== undefined);
      if (log === undefined) return null;
      const { Body } = await fromAws('S3', client.send(new GetObjectCommand({ Bucket: logsBucket, Key: log.key })));
      return Body === undefined ? null : (await tailOfGzip(Body as Readable)).text;
    },
  };
};

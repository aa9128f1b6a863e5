import type { S3Client } from '@aws-sdk/client-s3';

import type { Setting } from '../../shared/contract/environment.ts';
import { resultsPrefix, type Run } from '../../shared/domain/run.ts';
import type { RunFiles } from '../ports/run-files.ts';
import { parsedOutcome } from './notebook-outcome.ts';
import { S3_SETTINGS, s3Client } from './s3-client.ts';
import { objectsUnder } from './s3-listing.ts';
import { textOrNull } from './s3-text.ts';

export const RUN_OUTCOME_SETTINGS = [
  ...S3_SETTINGS,
  'resultsBucket',
  'publicResultsBucket',
] as const satisfies readonly Setting[];

/** Bytes: the runner bounds its texts, and a notebook can write the file itself. */
const MAX_OUTCOME = 10_000_000;

type RunOutcomeSettings = Readonly<Record<(typeof RUN_OUTCOME_SETTINGS)[number], string>>;

/** The bucket of a run's results. Public results have their own bucket until they are withdrawn. */
export const resultsBucketOf = async (
  { resultsBucket, publicResultsBucket }: Pick<RunOutcomeSettings, 'resultsBucket' | 'publicResultsBucket'>,
  client: S3Client,
  run: Pick<Run, 'id' | 'jobIdentifier' | 'resultVisibility'>,
): Promise<string> => {
  if (run.resultVisibility === 'private') return resultsBucket;
  const [found] = await objectsUnder(client, publicResultsBucket, resultsPrefix(run), { atMost: 1 });
  return found === undefined ? resultsBucket : publicResultsBucket;
};

/** Reads the outcome of a run's notebook. */
export const s3RunOutcomes = (
  settings: RunOutcomeSettings,
  client: S3Client = s3Client(settings),
): Pick<RunFiles, 'outcome'> => ({
  async outcome(run) {
    const Bucket = await resultsBucketOf(settings, client, run);
    const text = await textOrNull(client, { Bucket, Key: `${resultsPrefix(run)}outcome.json` }, MAX_OUTCOME);
    return text === null ? null : parsedOutcome(text);
  },
});

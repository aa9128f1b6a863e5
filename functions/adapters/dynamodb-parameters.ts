import { parseExactJson } from '../../shared/domain/exact-json.ts';
import type { Parameters } from '../../shared/domain/parameters.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';

/**
 * Parameters are stored as JSON text. DynamoDB's own numbers are not those of JSON: 1e-200 is too small for them, and they
 * keep 38 digits only.
 */
const toText = (parameters: Parameters): string => JSON.stringify(parameters);
const fromText = (text: string): Parameters => parseExactJson(text) as Parameters;

type Stored<Item extends { readonly parameters: Parameters }> = Omit<Item, 'parameters'> & {
  readonly parameters: string;
};

export const runWithText = {
  encode: (run: Run): Stored<Run> => ({ ...run, parameters: toText(run.parameters) }),
  decode: (stored: object): Run => {
    const run = stored as Stored<Run>;
    return { ...run, parameters: fromText(run.parameters) };
  },
};

type StoredJob = Omit<Stored<SparkJob>, 'latestRun'> & { readonly latestRun: Stored<Run> | null };

export const jobWithText = {
  encode: (job: SparkJob): StoredJob => ({
    ...job,
    parameters: toText(job.parameters),
    latestRun: job.latestRun === null ? null : runWithText.encode(job.latestRun),
  }),
  decode: (stored: object): SparkJob => {
    const job = stored as StoredJob;
    return {
      ...job,
      parameters: fromText(job.parameters),
      latestRun: job.latestRun === null ? null : runWithText.decode(job.latestRun),
    };
  },
};

import { parametersKey, resultsPrefix, type Run } from '../../shared/domain/run.ts';

export interface RunBuckets {
  readonly notebooksBucket: string;
  readonly resultsBucket: string;
  readonly publicResultsBucket: string;
}

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const bucketArn = (partition: string, name: string): string => `arn:${partition}:s3:::${name}`;

const resultsArn = (run: Run, { resultsBucket, publicResultsBucket }: RunBuckets, partition: string): string =>
  bucketArn(partition, run.resultVisibility === 'public' ? publicResultsBucket : resultsBucket);

/** What a run reads and writes of the portal: its notebook and parameters, its results, and `latest/` of its job. */
const ownFiles = (run: Run, buckets: RunBuckets, partition: string): readonly Statement[] => {
  const notebooks = bucketArn(partition, buckets.notebooksBucket);
  const results = resultsArn(run, buckets, partition);
  const latest = `${run.jobIdentifier}/latest/*`;
  return [
    {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: [`${notebooks}/${run.notebookKey}`, `${notebooks}/${parametersKey(run)}`],
    },
    {
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
      Resource: [`${results}/${resultsPrefix(run)}*`, `${results}/${latest}`],
    },
    // What only an earlier run had is removed from `latest/`.
    { Effect: 'Allow', Action: 's3:DeleteObject', Resource: `${results}/${latest}` },
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: results,
      Condition: { StringLike: { 's3:prefix': latest } },
    },
  ];
};

const document = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** The partition of an ARN. */
export const partitionOf = (arn: string): string => arn.split(':')[1] ?? 'aws';

/** For a session that does nothing but the run's own. STS takes 2,048 characters. */
export const runSessionPolicy = (run: Run, buckets: RunBuckets, partition: string): string =>
  document(ownFiles(run, buckets, partition));

/**
 * For a role that the notebook acts with as well, an intersection with the role's rights: everything that is not the portal's,
 * and of the portal's what is this run's own, as far as the role goes there. EMR Serverless takes 2,048 characters.
 * @param logs key prefix of the run's logs
 */
export const runExecutionPolicy = (
  run: Run,
  buckets: RunBuckets & { readonly logsBucket: string },
  { partition, logs }: { readonly partition: string; readonly logs: string },
): string => {
  const { notebooksBucket, resultsBucket, publicResultsBucket, logsBucket } = buckets;
  const portals = [notebooksBucket, resultsBucket, publicResultsBucket, logsBucket];
  const notebooks = bucketArn(partition, notebooksBucket);
  const results = resultsArn(run, buckets, partition);
  const latest = `${run.jobIdentifier}/latest/*`;
  return document([
    // A bucket and what is in it: their names end with account and Region, so that no other begins with one of them.
    { Effect: 'Allow', Action: '*', NotResource: portals.map((name) => `${bucketArn(partition, name)}*`) },
    {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: [
        `${notebooks}/${run.notebookKey}`,
        `${notebooks}/${parametersKey(run)}`,
        `${results}/${resultsPrefix(run)}*`,
        `${results}/${latest}`,
        `${bucketArn(partition, logsBucket)}/${logs}*`,
      ],
    },
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: results,
      // Spark looks at what it has written.
      Condition: { StringLike: { 's3:prefix': [latest, `${resultsPrefix(run)}files/*`] } },
    },
  ]);
};

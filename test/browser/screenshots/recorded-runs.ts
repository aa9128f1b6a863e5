import { createHash } from 'node:crypto';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import { dynamoDbRunRepository } from '../../../functions/adapters/dynamodb-run-repository.ts';
import { dynamoDbSparkJobRepository } from '../../../functions/adapters/dynamodb-spark-job-repository.ts';
import { dynamoDbTable } from '../../../functions/adapters/dynamodb-table.ts';
import { ACCOUNT } from '../../../local/account.ts';
import { ROOT_CREDENTIALS } from '../../../local/sts/access-keys.ts';
import { toInstant, type Instant } from '../../../shared/domain/instant.ts';
import { withEndedRun } from '../../../shared/domain/recent-runs.ts';
import { MISSED_REASONS } from '../../../shared/domain/run-reasons.ts';
import { isFinalRun, resultsPrefix, runIdFor, type CellFailure, type Run } from '../../../shared/domain/run.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import { notebookText } from '../../notebooks/notebooks.ts';
import type { LocalStack } from '../local-stack.ts';

/** Runs of a job before the one that it really had. */
const PAST_RUNS = 24;

/** Runs of a job whose files are there to look at. */
const WITH_FILES = 2;

const HOUR = 3_600_000;

const Bucket = `atmo-dev-results-${ACCOUNT.id}-${ACCOUNT.region}`;

const FAILURE: CellFailure = {
  cell: 2,
  source: 'assert all(stock.values())',
  errorName: 'AssertionError',
  errorValue: 'pears are out of stock',
  traceback: [
    '---------------------------------------------------------------------------',
    'AssertionError                            Traceback (most recent call last)',
    'Cell In[2], line 1',
    '----> 1 assert all(stock.values()), "pears are out of stock"',
    '',
    'AssertionError: pears are out of stock',
  ].join('\n'),
};

/** Most jobs work with a bad day now and then, some fail of late, and one never worked. */
const outcomeOf = ({ identifier }: SparkJob, number: number): 'succeeded' | 'failed' | 'missed' => {
  if (identifier.startsWith('broken')) return 'failed';
  if (identifier.startsWith('crash-pings')) return number > PAST_RUNS - 2 || number % 9 === 4 ? 'failed' : 'succeeded';
  const lot = createHash('sha256').update(`${identifier} ${number}`).digest()[0] ?? 0;
  if (lot < 8) return 'missed';
  return lot < 18 && number < PAST_RUNS ? 'failed' : 'succeeded';
};

const shifted = (instant: Instant | null, by: number): Instant | null =>
  instant === null ? null : toInstant(Date.parse(instant) + by);

const ENDINGS = {
  succeeded: { reason: null, failure: null },
  failed: { reason: { code: 'STEP_FAILURE', message: 'Cell 2 raised AssertionError.' }, failure: FAILURE },
  missed: { reason: MISSED_REASONS.previousRun, failure: null },
} as const;

/** A run like that one, as the job's run of that number. */
const recordedRun = (job: SparkJob, like: Run, number: number): Run => {
  const interval = job.schedule.type === 'interval' ? job.schedule.hours * HOUR : 24 * HOUR;
  const back = -interval * (PAST_RUNS + 1 - number);
  const outcome = outcomeOf(job, number);
  const scheduledAt = shifted(like.scheduledAt, back) ?? like.scheduledAt;
  const { workload } = like;
  const took = (4 + ((number * 7 + job.identifier.length) % 9)) * 60_000;
  const readyAt = shifted(workload.startedAt, back + 180_000);
  return {
    ...like,
    ...ENDINGS[outcome],
    id: back === 0 ? like.id : runIdFor(scheduledAt, workload.runToken),
    number,
    outcome,
    trigger: number === 1 ? 'firstRun' : 'schedule',
    occurrence: shifted(like.occurrence, back) ?? like.occurrence,
    scheduledAt,
    modifiedAt: shifted(like.modifiedAt, back) ?? like.modifiedAt,
    workload: {
      ...workload,
      reason: null,
      claimedAt: scheduledAt,
      ...(outcome === 'missed'
        ? { emrId: null, startedAt: null, readyAt: null, finishedAt: scheduledAt }
        : { startedAt: shifted(workload.startedAt, back), readyAt, finishedAt: shifted(readyAt, took) }),
    },
  };
};

const filesOf = ({ outcome, failure }: Run): Readonly<Record<string, string>> => ({
  'notebook.ipynb': notebookText(outcome === 'failed' ? 'failed-before.ipynb' : 'cases/shown-in-the-portal.ipynb'),
  'outcome.json': `${JSON.stringify({ status: outcome, failure })}\n`,
  'visits.csv': ['city,visits', 'Berlin,1234', 'Paris,2468', 'Seattle,3702', ''].join('\n'),
});

/**
 * Gives every job a past. A month of real runs is more than a machine executes for a picture, so each run that the local
 * stack made is followed back in time by runs like it, and the newest have a notebook with outputs that an earlier run left.
 */
export const recordPastRuns = async (stack: LocalStack): Promise<void> => {
  const common = { credentials: ROOT_CREDENTIALS, region: ACCOUNT.region };
  const s3 = new S3Client({ ...common, endpoint: stack.serverOf('S3'), forcePathStyle: true });
  const dynamoDb = new DynamoDBClient({ ...common, endpoint: stack.serverOf('DynamoDB') });
  const { TableNames: [tableName = ''] = [] } = await dynamoDb.send(new ListTablesCommand({}));
  const table = dynamoDbTable(tableName, dynamoDb);
  const [jobs, history] = [dynamoDbSparkJobRepository(table), dynamoDbRunRepository(table)];

  const record = async (job: SparkJob, like: Run): Promise<void> => {
    const runs = Array.from({ length: PAST_RUNS + 1 }, (_, at) => recordedRun(job, like, at + 1));
    for (const run of runs) await history.record(run);
    await jobs.change(job.identifier, (now) => ({
      ...runs.reduce((changed, run) => withEndedRun(changed, run), { ...now, recentRuns: [] }),
      latestRun: runs.at(-1) ?? null,
      runCount: runs.length,
      createdAt: runs[0]?.scheduledAt ?? now.createdAt,
    }));
    for (const run of runs.slice(-WITH_FILES))
      for (const [name, Body] of Object.entries(filesOf(run)))
        await s3.send(new PutObjectCommand({ Bucket, Key: `${resultsPrefix(run)}${name}`, Body }));
  };

  try {
    const { items } = await jobs.list(null, { limit: 100 });
    for (const job of items) if (job.latestRun !== null && isFinalRun(job.latestRun)) await record(job, job.latestRun);
  } finally {
    s3.destroy();
    dynamoDb.destroy();
  }
};

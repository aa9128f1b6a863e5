import { TABLE_KINDS } from '../../shared/contract/table.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SearchedSparkJob, SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { StoredItem } from './dynamodb-entity.ts';
import { jobWithText } from './dynamodb-parameters.ts';
import { allOf, countedIn, pageOf, type PartitionQuery } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.sparkJob;

export const ownerKey = (ownerId: string): string => `${KIND}#${ownerId}`;

const toJob = ({ item }: StoredItem): SparkJob => jobWithText.decode(item as object);

const toSearched = ({ item }: StoredItem): SearchedSparkJob => {
  const { latestRun = null, ...job } = item as Omit<SearchedSparkJob, 'latestRun'> & Partial<SearchedSparkJob>;
  return { ...job, latestRun };
};

/** Of a job without a run `latestRun` is left out then: null has no parts. */
const SEARCHED = [
  'id',
  'identifier',
  'description',
  'owner',
  'size',
  'emrRelease',
  'isEnabled',
  'expiredAt',
  'createdAt',
  'modifiedAt',
  'latestRun.scheduledAt',
  'latestRun.outcome',
  'latestMissed.id',
] as const;

/** Of one person, or of everybody. */
const newestFirst = (table: DynamoDbTable, ownerId: string | null): PartitionQuery =>
  ownerId === null
    ? { table, index: 'byKind', partition: KIND, order: 'descending' }
    : { table, index: 'byOwner', partition: ownerKey(ownerId), order: 'descending' };

type SparkJobLists = Pick<
  SparkJobRepository,
  'list' | 'searched' | 'withActiveRun' | 'activeWorkloads' | 'dueForUpkeep' | 'withUnsentMail'
>;

/** Reading alone, apart from what writes: a function that only lists jobs needs no schedules, whose library weighs 33 kB. */
export const dynamoDbSparkJobLists = (table: DynamoDbTable): SparkJobLists => ({
  list: (ownerId, page) => pageOf(newestFirst(table, ownerId), toJob, page),
  searched: (ownerId, page) => pageOf({ ...newestFirst(table, ownerId), attributes: SEARCHED }, toSearched, page),

  withActiveRun: () => allOf({ table, index: 'active', partition: KIND, order: 'ascending' }, toJob),
  activeWorkloads: () =>
    allOf(
      { table, index: 'active', partition: KIND, order: 'ascending', attributes: countedIn('latestRun.workload') },
      ({ item }) => (item as { readonly latestRun: Pick<Run, 'workload'> }).latestRun.workload,
    ),
  // `~` sorts after the `#` that follows a time in the key.
  dueForUpkeep: (moment) =>
    allOf({ table, index: 'due', partition: KIND, before: `${moment}~`, order: 'ascending' }, toJob),
  withUnsentMail: () => allOf({ table, index: 'outbox', partition: KIND, order: 'ascending' }, toJob),
});

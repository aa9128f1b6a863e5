import { TABLE_KINDS } from '../../shared/contract/table.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { StoredItem } from './dynamodb-entity.ts';
import { jobWithText } from './dynamodb-parameters.ts';
import { allOf, pageOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.sparkJob;

export const ownerKey = (ownerId: string): string => `${KIND}#${ownerId}`;

const toJob = ({ item }: StoredItem): SparkJob => jobWithText.decode(item as object);

type SparkJobLists = Pick<SparkJobRepository, 'list' | 'withActiveRun' | 'dueForUpkeep' | 'withUnsentMail'>;

/** Reading alone, apart from what writes: a function that only lists jobs needs no schedules, whose library weighs 33 kB. */
export const dynamoDbSparkJobLists = (table: DynamoDbTable): SparkJobLists => ({
  list: (ownerId, page) =>
    pageOf(
      ownerId === null
        ? { table, index: 'byKind', partition: KIND, order: 'descending' }
        : { table, index: 'byOwner', partition: ownerKey(ownerId), order: 'descending' },
      toJob,
      page,
    ),

  withActiveRun: () => allOf({ table, index: 'active', partition: KIND, order: 'ascending' }, toJob),
  // `~` sorts after the `#` that follows a time in the key.
  dueForUpkeep: (moment) =>
    allOf({ table, index: 'due', partition: KIND, before: `${moment}~`, order: 'ascending' }, toJob),
  withUnsentMail: () => allOf({ table, index: 'outbox', partition: KIND, order: 'ascending' }, toJob),
});

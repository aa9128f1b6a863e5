import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import { upkeepDueAt } from '../../shared/domain/occurrences.ts';
import { positionText } from '../../shared/domain/page.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { jobWithText } from './dynamodb-parameters.ts';
import { mailKeys } from './dynamodb-outbox.ts';
import { emrIdKey, keysByEmrId } from './dynamodb-query.ts';
import { dynamoDbSparkJobLists, ownerKey } from './dynamodb-spark-job-lists.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.sparkJob;

const activeKeys = ({ id, latestRun }: SparkJob) =>
  latestRun === null || isFinalRun(latestRun) ? {} : { activeKey: KIND, activeSortKey: id };

const dueKeys = (job: SparkJob) => {
  const due = upkeepDueAt(job);
  return due === null ? {} : { dueKey: KIND, dueSortKey: `${due}#${job.id}` };
};

const indexKeysOf = (job: SparkJob) => ({
  ownerKey: ownerKey(job.ownerId),
  kindKey: KIND,
  sortKey: positionText(job),
  ...activeKeys(job),
  ...dueKeys(job),
  ...mailKeys(KIND, job.outbox),
  ...(job.latestRun === null ? {} : emrIdKey(job.latestRun.workload)),
});

export const dynamoDbSparkJobRepository = (table: DynamoDbTable): SparkJobRepository => {
  const stored = dynamoDbEntity<SparkJob, string>(table, {
    noun: 'Spark job',
    keyOf: (identifier) => ({ pk: `${KIND}#${identifier}`, sk: KIND }),
    idOf: ({ identifier }) => identifier,
    indexKeysOf,
    ...jobWithText,
  });
  const { find } = stored;

  return {
    get: stored.get,
    find,

    async create(job) {
      if (await stored.create(job)) return;
      // The SDK repeats a write whose response was lost; the existing item may then be our own.
      if ((await find(job.identifier))?.id === job.id) return;
      throw new Conflict(`Another Spark job is called ${job.identifier}. Choose a different identifier.`);
    },

    isIdentifierTaken: async (identifier) => (await find(identifier)) !== null,

    async findByEmrId(emrId) {
      const key = (await keysByEmrId(table, emrId)).find(({ sk }) => sk === KIND);
      const job = key === undefined ? null : await find(key.pk.slice(`${KIND}#`.length));
      return job?.latestRun?.workload.emrId === emrId ? job : null;
    },

    // A job created meanwhile under the same identifier has another id, so the condition fails.
    change: stored.change,

    async delete({ id, identifier, version }) {
      const current = await find(identifier);
      if (current?.id !== id) return true;
      if (current.version !== version) return false;
      return (await stored.deleteAsRead(current)) || (await find(identifier))?.id !== id;
    },

    ...dynamoDbSparkJobLists(table),
  };
};

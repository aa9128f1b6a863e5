import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { jobWithText } from './dynamodb-parameters.ts';
import { mailKeys } from './dynamodb-outbox.ts';
import { allOf, emrIdKey, keysByEmrId, pageOf, type PartitionQuery } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.sparkJob;

/**
 * Partitions of the index `active`. An item is in one of them only: with a run that goes on in the first, else with a
 * schedule to be written in the second, else with an end to come in the third.
 */
const ACTIVE = { run: `${KIND}#run`, schedule: `${KIND}#schedule`, end: `${KIND}#end` } as const;

const ownerKey = (ownerId: string): string => `${KIND}#${ownerId}`;

const isPendingEnd = ({ endDate, expiredAt }: SparkJob): boolean => endDate !== null && expiredAt === null;

const activeKeys = (job: SparkJob) => {
  const { id, latestRun, schedulePendingSince, endDate } = job;
  if (latestRun !== null && !isFinalRun(latestRun)) return { activeKey: ACTIVE.run, activeSortKey: id };
  if (schedulePendingSince !== null) return { activeKey: ACTIVE.schedule, activeSortKey: id };
  return isPendingEnd(job) ? { activeKey: ACTIVE.end, activeSortKey: `${endDate}#${id}` } : {};
};

const indexKeysOf = (job: SparkJob) => ({
  ownerKey: ownerKey(job.ownerId),
  kindKey: KIND,
  sortKey: `${job.createdAt}#${job.id}`,
  ...activeKeys(job),
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
  const { toItem: toJob, find } = stored;
  const active = (partition: string): PartitionQuery => ({ table, index: 'active', partition, order: 'ascending' });

  return {
    get: stored.get,

    async create(job) {
      if (await stored.create(job)) return;
      // The SDK repeats a write whose answer was lost: then it is our own that is there.
      if ((await find(job.identifier))?.id === job.id) return;
      throw new Conflict(`Another Spark job is called ${job.identifier}. Choose a different identifier.`);
    },

    isIdentifierTaken: async (identifier) => (await find(identifier)) !== null,

    async findByEmrId(emrId) {
      const key = (await keysByEmrId(table, emrId)).find(({ sk }) => sk === KIND);
      const job = key === undefined ? null : await find(key.pk.slice(`${KIND}#`.length));
      return job?.latestRun?.workload.emrId === emrId ? job : null;
    },

    // A job of the same name that was created in between has another id, and the change would be refused by it.
    change: stored.change,

    async delete({ id, identifier, version }) {
      const current = await find(identifier);
      if (current?.id !== id) return true;
      if (current.version !== version) return false;
      return (await stored.deleteAsRead(current)) || (await find(identifier))?.id !== id;
    },

    list: (ownerId, page) =>
      pageOf(
        ownerId === null
          ? { table, index: 'byKind', partition: KIND, order: 'descending' }
          : { table, index: 'byOwner', partition: ownerKey(ownerId), order: 'descending' },
        toJob,
        page,
      ),

    withActiveRun: () => allOf(active(ACTIVE.run), toJob),

    async endingBefore(moment) {
      const [running, pending, ending] = await Promise.all([
        allOf(active(ACTIVE.run), toJob),
        allOf(active(ACTIVE.schedule), toJob),
        allOf({ ...active(ACTIVE.end), before: moment }, toJob),
      ]);
      const isEnding = (job: SparkJob): boolean => isPendingEnd(job) && job.endDate !== null && job.endDate < moment;
      return [...[...running, ...pending].filter(isEnding), ...ending];
    },

    async withPendingSchedule() {
      const [running, pending] = await Promise.all([
        allOf(active(ACTIVE.run), toJob),
        allOf(active(ACTIVE.schedule), toJob),
      ]);
      return [...running.filter(({ schedulePendingSince }) => schedulePendingSince !== null), ...pending];
    },

    withUnsentMail: () => allOf({ table, index: 'outbox', partition: KIND, order: 'ascending' }, toJob),
  };
};

import { Entity } from 'dynamodb-toolbox/entity';
import { DeleteItemCommand } from 'dynamodb-toolbox/entity/actions/delete';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { any, anyOf, item, map, nul, number, string, boolean } from 'dynamodb-toolbox/schema';

import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import type { Schedule } from '../../shared/domain/schedule.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { parametersAsText, runWithText } from './dynamodb-parameters.ts';
import { mailKeys, pendingMails } from './dynamodb-pending-mails.ts';
import { allOf, keysByJobflow, pageOf, type PartitionQuery, type StoredItem } from './dynamodb-query.ts';
import { changeWithRetry, fromDynamoDb, holds, type DynamoDbTable } from './dynamodb-table.ts';

const KIND = 'spark-job';

/**
 * Partitions of the index `active`. An item is in one of them only: with a run that goes on in the first, else with a
 * schedule to be written in the second, else with an end to come in the third.
 */
const ACTIVE = { run: `${KIND}#run`, schedule: `${KIND}#schedule`, end: `${KIND}#end` } as const;

const sparkJobEntity = (table: DynamoDbTable) =>
  new Entity({
    name: 'SparkJob',
    table,
    timestamps: false,
    schema: item({
      identifier: string().key(),
      id: string(),
      owner: string(),
      ownerEmail: string(),
      description: string(),
      notebook: map({
        name: string(),
        kind: string().enum('jupyter', 'zeppelin'),
        key: string(),
        version: string(),
        size: number(),
      }),
      parameters: any().castAs<SparkJob['parameters']>().transform(parametersAsText),
      resultVisibility: string().enum('private', 'public'),
      size: number(),
      schedule: any().castAs<Schedule>(),
      timeout: number(),
      startDate: string(),
      endDate: anyOf(string(), nul()),
      emrRelease: string(),
      isEnabled: boolean(),
      scheduleAnchor: string(),
      // Not checked on reading: a run of an older release must not hide its job.
      latestRun: any().castAs<Run | null>().transform(runWithText),
      runCount: number(),
      lastOccurrence: anyOf(string(), nul()),
      accountableFrom: string(),
      schedulePendingSince: anyOf(string(), nul()),
      expiredAt: anyOf(string(), nul()),
      pendingMails: pendingMails(),
      createdAt: string(),
      modifiedAt: string(),
      version: number(),
      // Index keys: written with the item, never shown.
      ownerKey: string().hidden(),
      kindKey: string().hidden(),
      sortKey: string().hidden(),
      activeKey: string().hidden().optional(),
      activeSortKey: string().hidden().optional(),
      mailKey: string().hidden().optional(),
      mailSortKey: string().hidden().optional(),
      jobflowId: string().hidden().optional(),
    }),
    computeKey: ({ identifier }) => ({ pk: `${KIND}#${identifier}`, sk: KIND }),
  });

const ownerKey = (owner: string): string => `${KIND}#${owner}`;

const isPendingEnd = ({ endDate, expiredAt }: SparkJob): boolean => endDate !== null && expiredAt === null;

const activeKeys = (job: SparkJob) => {
  const { id, latestRun, schedulePendingSince, endDate } = job;
  if (latestRun !== null && !isFinalRun(latestRun)) return { activeKey: ACTIVE.run, activeSortKey: id };
  if (schedulePendingSince !== null) return { activeKey: ACTIVE.schedule, activeSortKey: id };
  return isPendingEnd(job) ? { activeKey: ACTIVE.end, activeSortKey: `${endDate}#${id}` } : {};
};

const toItem = (job: SparkJob) => ({
  ...job,
  pendingMails: [...job.pendingMails],
  ownerKey: ownerKey(job.owner),
  kindKey: KIND,
  sortKey: `${job.createdAt}#${job.id}`,
  ...activeKeys(job),
  ...mailKeys(KIND, job.pendingMails),
  ...(job.latestRun === null || job.latestRun.jobflowId === null ? {} : { jobflowId: job.latestRun.jobflowId }),
});

export const dynamoDbSparkJobRepository = (table: DynamoDbTable): SparkJobRepository => {
  const entity = sparkJobEntity(table);
  const toJob = (stored: StoredItem): SparkJob => entity.build(EntityFormatter).format(stored);
  const active = (partition: string): PartitionQuery => ({ table, index: 'active', partition, order: 'ascending' });

  const find = async (identifier: string): Promise<SparkJob | null> => {
    const get = entity.build(GetItemCommand).key({ identifier }).options({ consistent: true });
    return (await fromDynamoDb(get.send())).Item ?? null;
  };
  const get = async (identifier: string): Promise<SparkJob> => {
    const job = await find(identifier);
    if (job === null) throw new NotFound('Spark job', identifier);
    return job;
  };

  type WriteCondition = { attr: 'id'; exists: false } | { attr: 'version'; eq: number };
  const put = (job: SparkJob, condition: WriteCondition): Promise<boolean> =>
    holds(entity.build(PutItemCommand).item(toItem(job)).options({ condition }).send());

  return {
    get,

    async create(job) {
      if (await put(job, { attr: 'id', exists: false })) return;
      // The SDK repeats a write whose answer was lost: then it is our own that is there.
      if ((await find(job.identifier))?.id === job.id) return;
      throw new Conflict(`Another Spark job is called ${job.identifier}. Choose a different identifier.`);
    },

    isIdentifierTaken: async (identifier) => (await find(identifier)) !== null,

    async findByJobflow(jobflowId) {
      const key = (await keysByJobflow(table, jobflowId)).find(({ sk }) => sk === KIND);
      const job = key === undefined ? null : await find(key.pk.slice(`${KIND}#`.length));
      return job?.latestRun?.jobflowId === jobflowId ? job : null;
    },

    change: (identifier, change) =>
      changeWithRetry({
        read: () => get(identifier),
        change,
        // A job of the same name that was created in between has another id, and the change would be refused by it.
        write: (next, version) => put(next, { attr: 'version', eq: version }),
      }),

    async delete({ id, identifier, version }) {
      const isDeleted = await holds(
        entity
          .build(DeleteItemCommand)
          .key({ identifier })
          .options({
            condition: {
              and: [
                { attr: 'id', eq: id },
                { attr: 'version', eq: version },
              ],
            },
          })
          .send(),
      );
      return isDeleted || (await find(identifier))?.id !== id;
    },

    list: (owner, page) =>
      pageOf(
        owner === null
          ? { table, index: 'byKind', partition: KIND, order: 'descending' }
          : { table, index: 'byOwner', partition: ownerKey(owner), order: 'descending' },
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

    owingMail: () => allOf({ table, index: 'pendingMail', partition: KIND, order: 'ascending' }, toJob),
  };
};

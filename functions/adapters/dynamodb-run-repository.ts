import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { standsForOccurrence } from '../../shared/domain/occurrences.ts';
import { compactInstant, isFinalRun, type Run } from '../../shared/domain/run.ts';
import type { RunRepository } from '../ports/spark-job-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { dueKeys, usageKeys } from './dynamodb-open-usage.ts';
import { runWithText } from './dynamodb-parameters.ts';
import { allOf, pageOf, type PartitionQuery } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.run;
const partitionOf = (jobId: string): string => `${KIND}#${jobId}`;

interface RunId {
  readonly jobId: string;
  readonly id: string;
}

/** Those that EMR has taken, by that time. */
const startedKeys = ({ id, workload: { startedAt } }: Run) =>
  startedAt === null ? {} : { kindKey: KIND, sortKey: `${startedAt}#${id}` };

/** Also of a run whose end is not known here: a crash may have kept it from the history. */
const unsettledKeys = (run: Run) =>
  isFinalRun(run) ? usageKeys(KIND, run) : dueKeys(KIND, run.workload.startedAt ?? run.workload.claimedAt, run.id);

/** Runs that one round of a search reads. */
const SEARCH_ROUND = 50;

export const dynamoDbRunRepository = (table: DynamoDbTable): RunRepository => {
  const runs = dynamoDbEntity<Run, RunId>(table, {
    noun: 'run',
    keyOf: ({ jobId, id }) => ({ pk: partitionOf(jobId), sk: id }),
    idOf: ({ jobId, id }) => ({ jobId, id }),
    indexKeysOf: (run) => ({ ...startedKeys(run), ...unsettledKeys(run) }),
    ...runWithText,
  });
  const history = (jobId: string): PartitionQuery => ({
    table,
    index: null,
    partition: partitionOf(jobId),
    order: 'descending',
  });

  return {
    async record(run) {
      await runs.putUnlessNewer(run);
    },

    get: (jobId, id) => runs.get({ jobId, id }),

    async findByOccurrence(jobId, occurrence) {
      const oldest = compactInstant(occurrence);
      let cursor: string | undefined;
      do {
        const page = await pageOf(history(jobId), runs.toItem, { limit: SEARCH_ROUND, cursor });
        const found = page.items.find((run) => standsForOccurrence(run, occurrence));
        if (found !== undefined) return found;
        // Ids begin with the time of planning, which never is before the occurrence.
        if (page.items.some(({ id }) => id < oldest)) return null;
        cursor = page.cursor ?? undefined;
      } while (cursor !== undefined);
      return null;
    },

    list: (jobId, page) => pageOf(history(jobId), runs.toItem, page),
    before: async ({ jobId, id }, atMost) =>
      (await pageOf({ ...history(jobId), before: id }, runs.toItem, { limit: atMost })).items,

    change: ({ jobId, id }, change) => runs.change({ jobId, id }, change),

    unsettled: () => allOf({ table, index: 'due', partition: KIND, order: 'ascending' }, runs.toItem),
    // `~` sorts after the `#` that follows a time in the key.
    startedBetween: (from, to) =>
      allOf({ table, index: 'byKind', partition: KIND, between: [from, `${to}~`], order: 'ascending' }, runs.toItem),
  };
};

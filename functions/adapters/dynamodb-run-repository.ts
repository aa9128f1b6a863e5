import { Entity } from 'dynamodb-toolbox/entity';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { any, item, number, string } from 'dynamodb-toolbox/schema';

import { NotFound } from '../../shared/domain/errors.ts';
import { standsFor } from '../../shared/domain/occurrences.ts';
import { compactInstant, type Run } from '../../shared/domain/run.ts';
import type { RunRepository } from '../ports/spark-job-repository.ts';
import { runWithText } from './dynamodb-parameters.ts';
import { pageOf, type PartitionQuery, type StoredItem } from './dynamodb-query.ts';
import { fromDynamoDb, holds, type DynamoDbTable } from './dynamodb-table.ts';

const KIND = 'run';
const partitionOf = (jobId: string): string => `${KIND}#${jobId}`;

/** The run as one attribute: its jobflow id must not be in the index of what runs now. */
const runEntity = (table: DynamoDbTable) =>
  new Entity({
    name: 'Run',
    table,
    timestamps: false,
    schema: item({
      jobId: string().key(),
      id: string().key(),
      version: number(),
      // Not checked on reading: a run of an older release must not break the list.
      run: any().castAs<Run>().transform(runWithText),
    }),
    computeKey: ({ jobId, id }) => ({ pk: partitionOf(jobId), sk: id }),
  });

/** Runs that one round of a search reads. */
const SEARCH_ROUND = 50;

export const dynamoDbRunRepository = (table: DynamoDbTable): RunRepository => {
  const entity = runEntity(table);
  const toRun = (stored: StoredItem): Run => entity.build(EntityFormatter).format(stored).run;
  const history = (jobId: string): PartitionQuery => ({
    table,
    index: null,
    partition: partitionOf(jobId),
    order: 'descending',
  });

  return {
    async record(run) {
      const { jobId, id, version } = run;
      const isNewer = {
        or: [
          { attr: 'version' as const, exists: false },
          { attr: 'version' as const, lte: version },
        ],
      };
      await holds(
        entity.build(PutItemCommand).item({ jobId, id, version, run }).options({ condition: isNewer }).send(),
      );
    },

    async get(jobId, id) {
      const command = entity.build(GetItemCommand).key({ jobId, id }).options({ consistent: true });
      const { Item } = await fromDynamoDb(command.send());
      if (Item === undefined) throw new NotFound('run', id);
      return Item.run;
    },

    async findByOccurrence(jobId, occurrence) {
      const oldest = compactInstant(occurrence);
      let cursor: string | undefined;
      do {
        const page = await pageOf(history(jobId), toRun, { limit: SEARCH_ROUND, cursor });
        const found = page.items.find((run) => standsFor(run, { trigger: 'schedule', occurrence }));
        if (found !== undefined) return found;
        // Ids begin with the time of planning, which never is before the occurrence.
        if (page.items.some(({ id }) => id < oldest)) return null;
        cursor = page.cursor ?? undefined;
      } while (cursor !== undefined);
      return null;
    },

    list: (jobId, page) => pageOf(history(jobId), toRun, page),
  };
};

import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { neverRan, type UpkeepRecord } from '../../shared/domain/upkeep-record.ts';
import type { UpkeepRecords } from '../ports/upkeep-records.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { allOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.upkeep;

export const dynamoDbUpkeepRecords = (table: DynamoDbTable): UpkeepRecords => {
  const stored = dynamoDbEntity<UpkeepRecord, string>(table, {
    noun: 'periodic task',
    // One partition, so that all of them are one consistent read.
    keyOf: (task) => ({ pk: KIND, sk: task }),
    idOf: ({ task }) => task,
  });
  return {
    async change(task, change, known) {
      try {
        return await stored.change(task, change, known);
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
        await stored.create(neverRan(task));
        return stored.change(task, change);
      }
    },
    all: () => allOf({ table, index: null, partition: KIND, order: 'ascending' }, stored.toItem),
  };
};

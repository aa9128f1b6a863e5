import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { mailRecordKeptUntil, mailStateOf, type MailRecord } from '../../shared/domain/mail-record.ts';
import type { MailRecords } from '../ports/mail-records.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { mailKeys } from './dynamodb-outbox.ts';
import { allOf, pageOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.mail;

export const dynamoDbMailRecords = (table: DynamoDbTable): MailRecords => {
  const records = dynamoDbEntity<MailRecord, string>(table, {
    noun: KIND,
    keyOf: (id) => ({ pk: `${KIND}#${id}`, sk: KIND }),
    idOf: ({ id }) => id,
    indexKeysOf: (record) => ({
      kindKey: KIND,
      kindStateKey: `${KIND}#${mailStateOf(record)}`,
      sortKey: `${record.createdAt}#${record.id}`,
      ...mailKeys(KIND, record.outbox),
    }),
    deletableFrom: mailRecordKeptUntil,
  });
  return {
    get: records.get,
    change: records.change,
    async keep(initial, change) {
      try {
        return await records.change(initial.id, change);
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
        // Two may create it at once: the change applies to the record that exists then.
        await records.create(initial);
        return records.change(initial.id, change);
      }
    },
    list: (state, page) =>
      pageOf(
        state === null
          ? { table, index: 'byKind', partition: KIND, order: 'descending' }
          : { table, index: 'byKindState', partition: `${KIND}#${state}`, order: 'descending' },
        records.toItem,
        page,
      ),
    withUnsentMail: () => allOf({ table, index: 'outbox', partition: KIND, order: 'ascending' }, records.toItem),
  };
};

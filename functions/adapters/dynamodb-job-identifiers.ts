import { Conflict } from '../../shared/domain/errors.ts';
import type { JobIdentifier } from '../../shared/domain/job-identifier.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { allOf, pageOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

/** Partition of the index `active`. */
const WITHDRAWAL = 'withdrawal';

const deletedKey = (ownerId: string): string => `deleted-spark-job#${ownerId}`;

export const dynamoDbJobIdentifiers = (table: DynamoDbTable): JobIdentifiers => {
  const stored = dynamoDbEntity<JobIdentifier, string>(table, {
    noun: 'identifier',
    // In the partition of the job of that identifier, which the same functions write.
    keyOf: (identifier) => ({ pk: `spark-job#${identifier}`, sk: 'job-identifier' }),
    idOf: ({ identifier }) => identifier,
    indexKeysOf: ({ identifier, ownerId, deleted, withdrawal }) => ({
      ...(deleted === null ? {} : { ownerKey: deletedKey(ownerId), sortKey: `${deleted.deletedAt}#${identifier}` }),
      ...(withdrawal === null ? {} : { activeKey: WITHDRAWAL, activeSortKey: identifier }),
    }),
  });
  return {
    find: stored.find,
    change: stored.change,

    async claim(identifier, ownerId) {
      const claimed: JobIdentifier = { identifier, ownerId, deleted: null, withdrawal: null, version: 1 };
      if (await stored.create(claimed)) return claimed;
      const known = await stored.get(identifier);
      if (known.ownerId === ownerId) return known;
      throw new Conflict(`The identifier ${identifier} belongs to another person. Choose a different one.`, {
        identifier,
      });
    },

    withWithdrawal: () => allOf({ table, index: 'active', partition: WITHDRAWAL, order: 'ascending' }, stored.toItem),

    deletedOf: (ownerId, page) =>
      pageOf({ table, index: 'byOwner', partition: deletedKey(ownerId), order: 'descending' }, stored.toItem, page),
  };
};

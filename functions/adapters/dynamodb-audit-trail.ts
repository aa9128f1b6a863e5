import { createHash } from 'node:crypto';

import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { auditKeptUntil, matchesAudit, type AuditEntry, type AuditFilter } from '../../shared/domain/audit.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { matchingPageOf, type PartitionQuery } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.audit;

interface StoredEntry {
  readonly id: string;
  readonly entry: AuditEntry;
}

/** One act on one object in one request or execution, so that a repeated task leaves one entry. */
const idOf = ({ requestId, action, object: { kind, id } }: AuditEntry): string =>
  createHash('sha256').update([requestId, action, kind, id].join('\n')).digest('base64url').slice(0, 22);

const actorKey = (actor: string): string => `${KIND}#actor#${actor.toLowerCase()}`;
const actionKey = (action: string): string => `${KIND}#action#${action}`;
/** A run is in the partition of its job. */
const objectKey = (id: string): string => `${KIND}#object#${id.split('/', 1)[0] ?? ''}`;

/** Each filter has an index; of several, the one by which the fewest entries are read, and the others are compared. */
const partitionOf = ({ object, actor, action }: AuditFilter): Pick<PartitionQuery, 'index' | 'partition'> => {
  if (object !== null) return { index: 'byKindState', partition: objectKey(object.id) };
  if (actor !== null) return { index: 'byOwner', partition: actorKey(actor) };
  if (action !== null) return { index: 'byOwnerState', partition: actionKey(action) };
  return { index: 'byKind', partition: KIND };
};

export const dynamoDbAuditTrail = (table: DynamoDbTable): AuditTrail => {
  const entries = dynamoDbEntity<StoredEntry, string>(table, {
    noun: 'audit entry',
    keyOf: (id) => ({ pk: `${KIND}#${id}`, sk: KIND }),
    idOf: ({ id }) => id,
    indexKeysOf: ({ id, entry: { at, actor, action, object } }) => ({
      kindKey: KIND,
      ownerKey: actorKey(actor),
      ownerStateKey: actionKey(action),
      kindStateKey: objectKey(object.id),
      sortKey: `${at}#${id}`,
    }),
    deletableFrom: ({ entry }) => auditKeptUntil(entry),
  });

  return {
    async record(entry) {
      await entries.create({ id: idOf(entry), entry });
    },

    async list(filter, page) {
      const { from, to } = filter;
      const query = { table, ...partitionOf(filter), between: [from, `${to}~`], order: 'descending' } as const;
      const found = await matchingPageOf(query, entries.toItem, ({ entry }) => matchesAudit(filter, entry), page);
      return { items: found.items.map(({ entry }) => entry), cursor: found.cursor };
    },
  };
};

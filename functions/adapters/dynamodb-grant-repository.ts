import { TABLE_KINDS } from '../../shared/contract/table.ts';
import type { Grant, Grantee, SharedKind } from '../../shared/domain/grant.ts';
import { positionText } from '../../shared/domain/page.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { allOf, firstOf, pageOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

/** A kind of item for each kind of object, so that IAM lets a function write only grants on its own objects. */
const KINDS = {
  cluster: TABLE_KINDS.clusterGrant,
  session: TABLE_KINDS.sessionGrant,
  sparkJob: TABLE_KINDS.sparkJobGrant,
} as const satisfies Record<SharedKind, string>;

interface GrantId {
  readonly kind: SharedKind;
  readonly objectId: string;
  readonly to: Grantee;
}

const partitionOf = (kind: SharedKind, objectId: string): string => `${KINDS[kind]}#${objectId}`;
const holderKey = (kind: SharedKind, to: Grantee): string => `${KINDS[kind]}#${to}`;

export const dynamoDbGrantRepository = (table: DynamoDbTable): GrantRepository => {
  const grants = dynamoDbEntity<Grant, GrantId>(table, {
    noun: 'grant',
    keyOf: ({ kind, objectId, to }) => ({ pk: partitionOf(kind, objectId), sk: to }),
    idOf: ({ object, to }) => ({ kind: object.kind, objectId: object.id, to }),
    indexKeysOf: ({ object, to }) => ({
      ownerKey: holderKey(object.kind, to),
      kindKey: KINDS[object.kind],
      sortKey: positionText(object),
    }),
  });
  return {
    on: (kind, objectId) =>
      allOf({ table, index: null, partition: partitionOf(kind, objectId), order: 'ascending' }, grants.toItem),

    heldBy: (to, kind, after, limit) =>
      firstOf(
        {
          table,
          index: 'byOwner',
          partition: holderKey(kind, to),
          ...(after === null ? {} : { before: positionText(after) }),
          order: 'descending',
        },
        grants.toItem,
        limit,
      ),

    all: (kind, page) =>
      pageOf({ table, index: 'byKind', partition: KINDS[kind], order: 'ascending' }, grants.toItem, page),

    put: grants.put,
    remove: ({ object, to }) => grants.delete({ kind: object.kind, objectId: object.id, to }),
  };
};

import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { ListedSshKey, SshKey } from '../../shared/domain/ssh-key.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { allOf, pageOf } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.sshKey;
const ownerKey = (ownerId: string): string => `${KIND}#${ownerId}`;

const LISTED = [
  'id',
  'ownerId',
  'owner',
  'title',
  'type',
  'bits',
  'fingerprint',
  'fingerprintMd5',
  'createdAt',
] as const satisfies readonly (keyof ListedSshKey)[];

const fingerprintKey = (fingerprint: string): string => `${KIND}#fingerprint#${fingerprint}`;

export const dynamoDbSshKeyRepository = (table: DynamoDbTable): SshKeyRepository => {
  const keys = dynamoDbEntity<SshKey, string>(table, {
    noun: 'SSH key',
    keyOf: (id) => ({ pk: `${KIND}#${id}`, sk: KIND }),
    idOf: ({ id }) => id,
    indexKeysOf: ({ ownerId, createdAt, id, fingerprint, fingerprintMd5 }) => ({
      ownerKey: ownerKey(ownerId),
      kindKey: KIND,
      ownerStateKey: fingerprintKey(fingerprint),
      kindStateKey: fingerprintKey(fingerprintMd5),
      sortKey: `${createdAt}#${id}`,
    }),
  });

  return {
    async add(key) {
      if (!(await keys.create(key)))
        throw new Conflict(`You already have this key (${key.fingerprint}).`, { fingerprint: key.fingerprint });
    },
    get: keys.get,
    find: keys.find,
    listOf: (ownerId, page) =>
      pageOf({ table, index: 'byOwner', partition: ownerKey(ownerId), order: 'descending' }, keys.toItem, page),
    list: (page) =>
      pageOf(
        { table, index: 'byKind', partition: KIND, order: 'descending', attributes: LISTED },
        ({ item }) => item as ListedSshKey,
        page,
      ),
    withFingerprint: (fingerprint) =>
      allOf(
        {
          table,
          index: fingerprint.startsWith('SHA256:') ? 'byOwnerState' : 'byKindState',
          partition: fingerprintKey(fingerprint),
          order: 'ascending',
        },
        keys.toItem,
      ),
    delete: ({ id }) => keys.delete(id),
  };
};

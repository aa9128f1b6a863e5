import { Entity } from 'dynamodb-toolbox/entity';
import { DeleteItemCommand } from 'dynamodb-toolbox/entity/actions/delete';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { item, number, string } from 'dynamodb-toolbox/schema';

import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import { SSH_KEY_TYPES, type SshKey } from '../../shared/domain/ssh-key.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import { pageOf, type StoredItem } from './dynamodb-query.ts';
import { fromDynamoDb, holds, type DynamoDbTable } from './dynamodb-table.ts';

const ownerKey = (owner: string): string => `ssh-key#${owner}`;

const sshKeyEntity = (table: DynamoDbTable) =>
  new Entity({
    name: 'SshKey',
    table,
    timestamps: false,
    schema: item({
      id: string().key(),
      owner: string(),
      title: string(),
      key: string(),
      type: string().enum(...SSH_KEY_TYPES),
      bits: number(),
      fingerprint: string(),
      fingerprintMd5: string(),
      createdAt: string(),
      // Index keys: written with the item, never shown.
      ownerKey: string().hidden(),
      sortKey: string().hidden(),
    }),
    computeKey: ({ id }) => ({ pk: `ssh-key#${id}`, sk: 'ssh-key' }),
  });

const indexKeys = ({ owner, createdAt, id }: SshKey) => ({ ownerKey: ownerKey(owner), sortKey: `${createdAt}#${id}` });

export const dynamoDbSshKeyRepository = (table: DynamoDbTable): SshKeyRepository => {
  const entity = sshKeyEntity(table);
  const toSshKey = (stored: StoredItem): SshKey => entity.build(EntityFormatter).format(stored);

  return {
    async add(key) {
      const put = entity
        .build(PutItemCommand)
        .item({ ...key, ...indexKeys(key) })
        .options({ condition: { attr: 'id', exists: false } });
      if (!(await holds(put.send())))
        throw new Conflict(`You already have this key (${key.fingerprint}).`, { fingerprint: key.fingerprint });
    },

    async get(id) {
      const { Item } = await fromDynamoDb(
        entity.build(GetItemCommand).key({ id }).options({ consistent: true }).send(),
      );
      if (Item === undefined) throw new NotFound('SSH key', id);
      return Item;
    },

    listOf: (owner, page) =>
      pageOf({ table, index: 'byOwner', partition: ownerKey(owner), order: 'descending' }, toSshKey, page),

    async delete({ id }) {
      await fromDynamoDb(entity.build(DeleteItemCommand).key({ id }).send());
    },
  };
};

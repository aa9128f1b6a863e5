import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

import { TABLE_KEYS, TABLE_TTL, type IndexKeys } from '../../shared/contract/table.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { changeWithRetry, conditionHolds, fromDynamoDb, type DynamoDbTable } from './dynamodb-table.ts';

/** Version of the stored form. A later release that stores items differently raises it and reads both. */
export const SCHEMA_VERSION = 1;

/** A stored item: its keys, its index keys, and the domain object in one attribute. */
export type StoredItem = Readonly<Record<string, unknown>>;

export interface PrimaryKey {
  readonly pk: string;
  readonly sk: string;
}

/** How the objects of one kind are stored. */
export interface EntityMapping<Item, Id> {
  /** Names the object in `NotFound`. */
  readonly noun: string;
  readonly keyOf: (id: Id) => PrimaryKey;
  readonly idOf: (item: Item) => Id;
  /** Index keys; an omitted key keeps the item out of that index. */
  readonly indexKeysOf?: (item: Item) => IndexKeys;
  /** From when DynamoDB may delete the item, which takes it up to two days; left out: never. */
  readonly deletableFrom?: (item: Item) => Instant;
  /** Encodes values that DynamoDB cannot store, such as numbers of arbitrary size. */
  readonly encode?: (item: Item) => object;
  readonly decode?: (stored: object) => Item;
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, number | string>;
}

const IS_NEW: Condition = {
  ConditionExpression: 'attribute_not_exists(#pk)',
  ExpressionAttributeNames: { '#pk': TABLE_KEYS.partitionKey },
};

const onVersion = (version: number): Condition => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': version },
});

const asRead = (id: string, version: number): Condition => ({
  ConditionExpression: '#version = :version AND #item.#id = :id',
  ExpressionAttributeNames: { '#version': 'version', '#item': 'item', '#id': 'id' },
  ExpressionAttributeValues: { ':version': version, ':id': id },
});

const unlessNewer = (version: number): Condition => ({
  ConditionExpression: 'attribute_not_exists(#version) OR #version <= :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': version },
});

const versionOf = (item: object): number | undefined =>
  'version' in item && typeof item.version === 'number' ? item.version : undefined;

/** Reads and writes the objects of one kind. Every write is one conditional write of one item (ADR 0006). */
export const dynamoDbEntity = <Item extends object, Id>(table: DynamoDbTable, mapping: EntityMapping<Item, Id>) => {
  const { noun, keyOf, idOf, indexKeysOf, deletableFrom, encode, decode } = mapping;

  const toItem = (stored: StoredItem): Item => {
    const object = stored['item'] as object;
    return decode === undefined ? (object as Item) : decode(object);
  };

  const find = async (id: Id): Promise<Item | null> => {
    const command = new GetCommand({ TableName: table.name, Key: keyOf(id), ConsistentRead: true });
    const { Item: stored } = await fromDynamoDb(table.client.send(command));
    return stored === undefined ? null : toItem(stored);
  };

  const get = async (id: Id): Promise<Item> => {
    const item = await find(id);
    if (item === null) throw new NotFound(noun, typeof id === 'string' ? id : keyOf(id).sk);
    return item;
  };

  const put = (item: Item, condition: Condition | null): Promise<boolean> => {
    const stored = {
      ...keyOf(idOf(item)),
      ...indexKeysOf?.(item),
      ...(deletableFrom === undefined ? {} : { [TABLE_TTL]: Math.ceil(Date.parse(deletableFrom(item)) / 1000) }),
      schema: SCHEMA_VERSION,
      version: versionOf(item),
      item: encode === undefined ? item : encode(item),
    };
    return conditionHolds(table.client.send(new PutCommand({ TableName: table.name, Item: stored, ...condition })));
  };

  return {
    toItem,
    find,
    /** @throws NotFound */
    get,
    /** False if the item already exists. */
    create: (item: Item): Promise<boolean> => put(item, IS_NEW),
    /** Replaces what is there. */
    put: async (item: Item): Promise<void> => {
      await put(item, null);
    },
    /** False if a newer version exists. */
    putUnlessNewer: (item: Item & { readonly version: number }): Promise<boolean> =>
      put(item, unlessNewer(item.version)),
    /** Deletes the object if it has not changed since it was read; otherwise returns false. */
    deleteAsRead: (item: Item & { readonly id: string; readonly version: number }): Promise<boolean> =>
      conditionHolds(
        table.client.send(
          new DeleteCommand({ TableName: table.name, Key: keyOf(idOf(item)), ...asRead(item.id, item.version) }),
        ),
      ),
    async delete(id: Id): Promise<void> {
      await fromDynamoDb(table.client.send(new DeleteCommand({ TableName: table.name, Key: keyOf(id) })));
    },
    /**
     * Applies a pure change to the newest state.
     * @param known as last written by the caller, which saves a read where nobody wrote since
     * @throws NotFound, StaleWrite, and errors of the change
     */
    change: (id: Id, change: (item: Item) => Item, known?: Item): Promise<Item> =>
      changeWithRetry<Item & { readonly version: number }>({
        known: known as (Item & { readonly version: number }) | undefined,
        read: async () => (await get(id)) as Item & { readonly version: number },
        change: (item) => change(item) as Item & { readonly version: number },
        write: (next, expected) => put(next, onVersion(expected)),
      }),
  };
};

/**
 * Applies a pure change to the newest state of an object that its first change makes. A change that returns its argument writes nothing.
 * @throws StaleWrite, and errors of the change
 */
export const changeOrCreate = async <Item extends object, Id>(
  {
    change: changeKnown,
    create,
  }: {
    readonly change: (id: Id, change: (item: Item) => Item) => Promise<Item>;
    readonly create: (item: Item) => Promise<boolean>;
  },
  id: Id,
  empty: Item,
  change: (item: Item) => Item,
): Promise<Item> => {
  try {
    return await changeKnown(id, change);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    if (change(empty) === empty) return empty;
    // Two may create it at once: the change applies to the item that exists then.
    await create(empty);
    return changeKnown(id, change);
  }
};

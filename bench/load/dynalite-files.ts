import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import dynaliteDb, { type DynaliteTable } from 'dynalite/db/index.js';
import { Level } from 'level';

import type { DynamoDbTable } from '../../functions/adapters/dynamodb-table.ts';

interface OpenFiles {
  /** For repositories: reads items by their keys; what is put waits, with its keys as they were first, and its conditions are taken to hold. */
  readonly table: DynamoDbTable;
  /** Writes what waits. */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * The files of the local DynamoDB while no stack runs on them: repositories write a hundred thousand items with their own
 * mapping in seconds, which takes minutes over HTTP.
 * @param directory of the stack's data; it has one table
 */
export const openDynaliteFiles = async (directory: string): Promise<OpenFiles> => {
  const level = new Level<string, unknown>(`${directory}/dynamodb`, { valueEncoding: 'json' });
  const [table] = (await level.values({ gte: 'table~', lt: 'table~\uffff' }).all()) as DynaliteTable[];
  if (table === undefined) throw new Error(`${directory} has no table. Let a stack start on it first.`);
  const { TableName: name, GlobalSecondaryIndexes = [] } = table;
  const placeOf = (item: unknown): string => `item-${name}~${dynaliteDb.createKey(item, table)}`;
  let waiting = new Map<string, unknown>();

  const put = (item: unknown): void => {
    const { puts } = dynaliteDb.getIndexActions(GlobalSecondaryIndexes, null, item, table);
    waiting.set(placeOf(item), item);
    for (const { index, key, item: value } of puts) waiting.set(`index-global~${name}~${index}~${key}`, value);
  };

  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof GetCommand) {
      const place = placeOf(marshall(command.input.Key));
      const stored = waiting.get(place) ?? (await level.get(place));
      return { Item: stored === undefined ? undefined : unmarshall(stored as Parameters<typeof unmarshall>[0]) };
    }
    if (!(command instanceof PutCommand)) throw new Error('Only single items can be read and put.');
    put(marshall(command.input.Item, { removeUndefinedValues: true }));
    return {};
  };

  return {
    table: { name, client: { send } as unknown as DynamoDBDocumentClient },
    async flush() {
      const entries = waiting;
      waiting = new Map();
      await level.batch([...entries].map(([key, value]) => ({ type: 'put', key, value })));
    },
    close: () => level.close(),
  };
};

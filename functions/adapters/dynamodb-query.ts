import { paginateQuery, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';

import { TABLE_INDEXES, TABLE_KEYS, type TableIndex } from '../../shared/contract/table.ts';
import { AwsFailed } from '../../shared/domain/errors.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import { badCursor, decodeCursor, encodeCursor, type Position } from './dynamodb-cursor.ts';
import type { StoredItem } from './dynamodb-entity.ts';
import { fromDynamoDb, type DynamoDbTable } from './dynamodb-table.ts';

/** One partition of the table (index null) or of an index, limited to sort keys below `before`, that begin with `startingWith`, or that are `between` two, both included. */
export interface PartitionQuery {
  readonly table: DynamoDbTable;
  readonly index: Exclude<TableIndex, 'byEmrId'> | null;
  readonly partition: string;
  readonly before?: string;
  /** Not empty. */
  readonly startingWith?: string;
  readonly between?: readonly [string, string];
  readonly order: 'ascending' | 'descending';
  /** Of the stored object, paths that are read besides the keys: thousands are then read in a sixth of the time. Left out: all. */
  readonly attributes?: readonly string[];
}

const keysOf = ({ index }: PartitionQuery): { partitionKey: string; sortKey: string } =>
  index === null ? TABLE_KEYS : TABLE_INDEXES[index];

const positionNames = (query: PartitionQuery): readonly string[] => {
  const { partitionKey, sortKey } = keysOf(query);
  return [...new Set([TABLE_KEYS.partitionKey, TABLE_KEYS.sortKey, partitionKey, sortKey])];
};

/** Refuses a cursor of another partition. */
const startOf = (query: PartitionQuery, cursor: string): Position => {
  const position = decodeCursor(positionNames(query), cursor);
  if (position[keysOf(query).partitionKey] !== query.partition) throw badCursor();
  return position;
};

const rangeOf = (query: PartitionQuery): { condition: string; values: Record<string, string> } | null => {
  const { before, startingWith, between } = query;
  if (before !== undefined) return { condition: '#sort < :before', values: { ':before': before } };
  if (startingWith !== undefined)
    return { condition: 'begins_with(#sort, :start)', values: { ':start': startingWith } };
  if (between === undefined) return null;
  const [from, to] = between;
  return { condition: '#sort BETWEEN :from AND :to', values: { ':from': from, ':to': to } };
};

/** The names by which an expression stands for the paths: some are words of DynamoDB's own. */
const projectionOf = (query: PartitionQuery): { expression: string; names: Record<string, string> } | null => {
  if (query.attributes === undefined) return null;
  const paths = [...positionNames(query), ...query.attributes.map((attribute) => `item.${attribute}`)];
  const parts = [...new Set(paths.flatMap((path) => path.split('.')))];
  return {
    expression: paths.map((path) => `#_${path.replaceAll('.', '.#_')}`).join(', '),
    names: Object.fromEntries(parts.map((part) => [`#_${part}`, part])),
  };
};

const inputOf = (query: PartitionQuery): QueryCommandInput => {
  const { table, index, partition, order } = query;
  const { partitionKey, sortKey } = keysOf(query);
  const range = rangeOf(query);
  const projection = projectionOf(query);
  return {
    TableName: table.name,
    ...(index === null ? {} : { IndexName: index }),
    KeyConditionExpression: ['#partition = :partition', ...(range === null ? [] : [range.condition])].join(' AND '),
    ...(projection === null ? {} : { ProjectionExpression: projection.expression }),
    ExpressionAttributeNames: {
      '#partition': partitionKey,
      ...(range === null ? {} : { '#sort': sortKey }),
      ...projection?.names,
    },
    ExpressionAttributeValues: { ':partition': partition, ...range?.values },
    ScanIndexForward: order === 'ascending',
    // Only reads of the table can be strongly consistent, not those of an index.
    ConsistentRead: index === null,
  };
};

interface Round {
  readonly items: readonly StoredItem[];
  readonly next: Record<string, unknown> | undefined;
}

const readRound = async (query: PartitionQuery, start: Round['next'], limit: number): Promise<Round> => {
  const command = new QueryCommand({ ...inputOf(query), Limit: limit, ExclusiveStartKey: start });
  const answer = await fromDynamoDb(query.table.client.send(command));
  return { items: answer.Items ?? [], next: answer.LastEvaluatedKey };
};

/** A well-formed cursor that DynamoDB rejects was forged. */
const refusedCursor =
  (cursor: string | undefined) =>
  (error: unknown): never => {
    throw cursor !== undefined && error instanceof AwsFailed && error.evidence['name'] === 'ValidationException'
      ? badCursor()
      : error;
  };

/**
 * One page of a partition, full unless it is the last. It reads one item more than it returns, so that a cursor
 * always leads to a non-empty page.
 * @throws InvalidInput (field `cursor`), AwsThrottled, AwsFailed
 */
export const pageOf = async <Item>(
  query: PartitionQuery,
  toItem: (stored: StoredItem) => Item,
  { limit, cursor }: PageRequest,
): Promise<Page<Item>> => {
  const read: StoredItem[] = [];
  let start: Round['next'] = cursor === undefined ? undefined : startOf(query, cursor);
  do {
    // A round ends after 1 MB, whatever the limit.
    const { items, next } = await readRound(query, start, limit + 1 - read.length).catch(refusedCursor(cursor));
    read.push(...items);
    start = next;
  } while (start !== undefined && read.length <= limit);
  const page = read.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toItem),
    cursor: read.length > limit && last !== undefined ? encodeCursor(positionNames(query), last) : null,
  };
};

/** Items that one request reads to find those that match. */
const MOST_READ = 1000;

/**
 * One page of the items that match. A request reads a bounded number of items: where few of them match, the page has
 * fewer than asked for, or none, and a cursor all the same.
 * @throws InvalidInput (field `cursor`), AwsThrottled, AwsFailed
 */
export const matchingPageOf = async <Item>(
  query: PartitionQuery,
  toItem: (stored: StoredItem) => Item,
  matches: (item: Item) => boolean,
  { limit, cursor }: PageRequest,
): Promise<Page<Item>> => {
  const names = positionNames(query);
  const found: { readonly stored: StoredItem; readonly item: Item }[] = [];
  let start: Round['next'] = cursor === undefined ? undefined : startOf(query, cursor);
  let read = 0;
  do {
    const { items, next } = await readRound(query, start, limit + 1).catch(refusedCursor(cursor));
    found.push(...items.map((stored) => ({ stored, item: toItem(stored) })).filter(({ item }) => matches(item)));
    read += items.length;
    start = next;
  } while (start !== undefined && found.length <= limit && read < MOST_READ);
  const last = found.length > limit ? found[limit - 1]?.stored : start;
  return {
    items: found.slice(0, limit).map(({ item }) => item),
    cursor: last === undefined ? null : encodeCursor(names, last),
  };
};

/** The first items of a partition, or of what is `before` in it. */
export const firstOf = async <Item>(
  query: PartitionQuery,
  toItem: (stored: StoredItem) => Item,
  limit: number,
): Promise<readonly Item[]> => (await pageOf(query, toItem, { limit })).items;

/** Every item of a partition. */
export const allOf = async <Item>(query: PartitionQuery, toItem: (stored: StoredItem) => Item): Promise<Item[]> => {
  const read = async (): Promise<Item[]> => {
    const all: Item[] = [];
    for await (const { Items = [] } of paginateQuery({ client: query.table.client }, inputOf(query)))
      all.push(...Items.map(toItem));
    return all;
  };
  return fromDynamoDb(read());
};

/** What is counted of a workload that is at this place in its item. */
export const countedIn = (place: string): readonly string[] =>
  ['engine', 'status', 'launchAttemptedAt', 'startedAt', 'rate.hourly'].map((name) => `${place}.${name}`);

/** The key of the sparse index `byEmrId`. */
export const emrIdKey = ({ emrId }: Pick<Workload, 'emrId'>) => (emrId === null ? {} : { emrId });

/** The primary keys of the items whose workload has the id in EMR; the index holds nothing else. */
export const keysByEmrId = async (
  table: DynamoDbTable,
  emrId: string,
): Promise<readonly { readonly pk: string; readonly sk: string }[]> => {
  const command = new QueryCommand({
    TableName: table.name,
    IndexName: 'byEmrId',
    KeyConditionExpression: '#emrId = :emrId',
    ExpressionAttributeNames: { '#emrId': TABLE_INDEXES.byEmrId.partitionKey },
    ExpressionAttributeValues: { ':emrId': emrId },
  });
  const { Items = [] } = await fromDynamoDb(table.client.send(command));
  return Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
};

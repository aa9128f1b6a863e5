import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { allOf, keysByEmrId, pageOf, type PartitionQuery } from '../../functions/adapters/dynamodb-query.ts';
import {
  changeWithRetry,
  dynamoDbTable,
  fromDynamoDb,
  conditionHolds,
} from '../../functions/adapters/dynamodb-table.ts';
import { dynamoDbHealthCheck } from '../../functions/adapters/dynamodb-health-check.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
let query: PartitionQuery;
const put = (item: Record<string, unknown>): Promise<unknown> =>
  query.table.client.send(new PutCommand({ TableName: query.table.name, Item: item }));

beforeAll(async () => {
  dynamoDb = await startDynalite();
  query = { table: await dynamoDb.newTable(), index: 'active', partition: 'p', order: 'ascending' };
  for (let number = 0; number < 230; number += 1) {
    const sort = String(number).padStart(3, '0');
    const [pk, sk] = [`item#${sort}`, 'item'];
    await put({ pk, sk, activeKey: number % 2 === 0 ? 'p' : 'q', activeSortKey: sort, emrId: `j-${sort}`, number });
  }
});
afterAll(() => dynamoDb.stop());

const number = (item: Record<string, unknown>): number => item['number'] as number;

describe('pages of an index', () => {
  it('go through a partition without gap or repetition', async () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: readonly number[]; cursor: string | null } = await pageOf(query, number, {
        limit: 40,
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 115 }, (_, index) => index * 2));
  });

  it('are full where the items take more than the megabyte that one round reads', async () => {
    for (let item = 0; item < 15; item += 1) {
      const sort = String(item).padStart(3, '0');
      await put({
        pk: `big#${sort}`,
        sk: 'item',
        activeKey: 'big',
        activeSortKey: sort,
        number: item,
        text: 'x'.repeat(100_000),
      });
    }
    const big = { ...query, partition: 'big' };
    const first = await pageOf(big, number, { limit: 13 });
    expect(first.items).toHaveLength(13);
    expect(await pageOf(big, number, { limit: 13, cursor: first.cursor ?? '' })).toEqual({
      items: [13, 14],
      cursor: null,
    });
  });

  it('end before a sort key', async () => {
    expect(await allOf({ ...query, before: '008' }, number)).toEqual([0, 2, 4, 6]);
    expect(await allOf({ ...query, partition: 'q', before: '004', order: 'descending' }, number)).toEqual([3, 1]);
  });

  it('refuse positions of another partition or index, and made-up ones', async () => {
    const { cursor } = await pageOf({ ...query, partition: 'q' }, number, { limit: 1 });
    const made = (values: unknown): string => Buffer.from(JSON.stringify(values)).toString('base64url');
    const place = { pk: 'item#000', sk: 'item', activeKey: 'p', activeSortKey: '000' };
    for (const bad of [
      cursor ?? '',
      made({ ...place, activeKey: 'q' }),
      made({ ...place, number: '1' }),
      made({ ...place, sk: '' }),
      made({ ...place, activeSortKey: 5 }),
      made({ ...place, activeSortKey: { S: '000' } }),
      made({ ...place, sk: 'x'.repeat(1500) }),
      made({ pk: 'item#000', sk: 'item', activeKey: 'p', __proto__: null }),
      made([place]),
      made(null),
      '…',
    ]) {
      const page = pageOf(query, number, { limit: 1, cursor: bad });
      await expect(page, bad).rejects.toMatchObject({ name: 'InvalidInput', errors: [{ field: 'cursor' }] });
    }
    const elsewhere = await pageOf(query, number, { limit: 1 });
    const onOther = pageOf({ ...query, index: 'byKind' }, number, { limit: 1, cursor: elsewhere.cursor ?? '' });
    await expect(onOther).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  it('never show another partition, whatever position is made up', async () => {
    const position = { pk: 'item#001', sk: 'item', activeKey: 'p', activeSortKey: '001' };
    const cursor = Buffer.from(JSON.stringify(position)).toString('base64url');
    const { items } = await pageOf(query, number, { limit: 100, cursor });
    expect(items.every((item) => item % 2 === 0)).toBe(true);
  });

  it('find items by jobflow', async () => {
    expect(await keysByEmrId(query.table, 'j-017')).toEqual([{ pk: 'item#017', sk: 'item' }]);
    expect(await keysByEmrId(query.table, 'j-none')).toEqual([]);
  });
});

describe('changing an item that others change too', () => {
  const stored = (start: { count: number; version: number }) => {
    let item = start;
    return {
      item: () => item,
      read: async () => item,
      write: async (next: typeof start, expected: number): Promise<boolean> => {
        // Others write between any read and write of ours.
        await Promise.resolve();
        if (item.version !== expected) return false;
        item = next;
        return true;
      },
    };
  };

  it('loses no change', async () => {
    const { item, read, write } = stored({ count: 0, version: 1 });
    const change = () => changeWithRetry({ read, write, change: (old) => ({ ...old, count: old.count + 1 }) });
    await Promise.all([change(), change(), change()]);
    expect(item()).toEqual({ count: 3, version: 4 });
  });

  it('writes nothing where nothing changes, and passes on what the change throws', async () => {
    const { item, read, write } = stored({ count: 0, version: 1 });
    expect(await changeWithRetry({ read, write, change: (old) => old })).toBe(item());
    const refused = changeWithRetry({
      read,
      write,
      change: () => {
        throw new Conflict('No.');
      },
    });
    await expect(refused).rejects.toMatchObject({ name: 'Conflict' });
    expect(item().version).toBe(1);
  });

  it('gives up where others win every time', async () => {
    const { read } = stored({ count: 0, version: 1 });
    const change = changeWithRetry({ read, write: async () => false, change: (old) => ({ ...old, count: 1 }) });
    await expect(change).rejects.toMatchObject({ name: 'StaleWrite' });
  });
});

describe('failures of DynamoDB', () => {
  const failing = (name: string): Promise<never> =>
    Promise.reject(Object.assign(new Error('no'), { name, $metadata: {}, $fault: 'client' }));

  it.each([
    ['ProvisionedThroughputExceededException', 'AwsThrottled'],
    ['ThrottlingException', 'AwsThrottled'],
    ['ResourceNotFoundException', 'AwsFailed'],
  ])('%s is %s', async (sdkName, name) => {
    await expect(fromDynamoDb(failing(sdkName))).rejects.toMatchObject({ name, evidence: { service: 'DynamoDB' } });
    await expect(conditionHolds(failing(sdkName))).rejects.toMatchObject({ name });
  });

  it('a condition that does not hold is an answer', async () => {
    expect(await conditionHolds(failing('ConditionalCheckFailedException'))).toBe(false);
    expect(await conditionHolds(Promise.resolve())).toBe(true);
  });

  it('a bug of ours stays what it is', async () => {
    await expect(fromDynamoDb(Promise.reject(new TypeError('bug')))).rejects.toBeInstanceOf(TypeError);
  });

  it('a server that cannot be reached is AwsFailed', async () => {
    const client = new DynamoDBClient({
      endpoint: 'http://127.0.0.1:1',
      region: 'us-west-2',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
    const { check } = dynamoDbHealthCheck(dynamoDbTable('nowhere', client));
    await expect(check()).rejects.toMatchObject({ name: 'AwsFailed' });
    client.destroy();
    await expect(dynamoDbHealthCheck(query.table).check()).resolves.toBeUndefined();
  });
});

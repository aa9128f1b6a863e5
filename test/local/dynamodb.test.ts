import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { Level } from 'level';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Activity } from '../../local/activity.ts';
import { takeLosses } from '../../local/data-loss.ts';
import { startDynamoDb, type TableDefinition } from '../../local/dynamodb.ts';
import { credentials, region } from './client-options.ts';

const table: TableDefinition = {
  TableName: 'Things',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'kind', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byKind',
      KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

describe('the local DynamoDB', () => {
  let directory: string;
  const start = (tables = [table]): ReturnType<typeof startDynamoDb> =>
    startDynamoDb(directory, tables, { credentials, region }, { isHurried: () => false, activity: new Activity() });

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-dynamodb-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('leaves no iterator of its database open, whose view would be kept in memory and on disk', async () => {
    const server = await start();
    const client = new DynamoDBClient({ credentials, region, endpoint: server.url });
    for (const pk of ['a', 'b', 'c'])
      await client.send(new PutItemCommand({ TableName: 'Things', Item: { pk: { S: pk }, kind: { S: 'pear' } } }));
    const values = vi.spyOn(Level.prototype, 'values');
    const query = {
      TableName: 'Things',
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'pear' } },
    };
    await client.send(new QueryCommand(query));
    await client.send(new QueryCommand({ ...query, Limit: 1 }));
    await client.send(new ScanCommand({ TableName: 'Things' }));
    const iterators = values.mock.results.map(({ value }) => value as { next: () => Promise<unknown> });
    expect(iterators.length).toBeGreaterThan(2);
    for (const iterator of iterators)
      await expect(iterator.next()).rejects.toMatchObject({ code: 'LEVEL_ITERATOR_NOT_OPEN' });
    client.destroy();
    await server.close();
  });

  it('keeps items across a restart, with their indexes and conditions', async () => {
    const first = await start();
    const before = new DynamoDBClient({ credentials, region, endpoint: first.url });
    const put = new PutItemCommand({
      TableName: 'Things',
      Item: { pk: { S: 'a' }, kind: { S: 'pear' } },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await before.send(put);
    await expect(before.send(put)).rejects.toThrow('The conditional request failed');
    before.destroy();
    await first.close();

    const second = await start();
    const after = new DynamoDBClient({ credentials, region, endpoint: second.url });
    const item = await after.send(new GetItemCommand({ TableName: 'Things', Key: { pk: { S: 'a' } } }));
    expect(item.Item).toEqual({ pk: { S: 'a' }, kind: { S: 'pear' } });
    const found = await after.send(
      new QueryCommand({
        TableName: 'Things',
        IndexName: 'byKind',
        KeyConditionExpression: 'kind = :kind',
        ExpressionAttributeValues: { ':kind': { S: 'pear' } },
      }),
    );
    expect(found.Items).toHaveLength(1);
    after.destroy();
    await second.close();
  });

  it('survives a client that hangs up in the middle of a request', async () => {
    const started = await start();
    const uncaught = vi.fn();
    process.once('uncaughtException', uncaught);
    const socket = connect(started.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 9\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.resetAndDestroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off('uncaughtException', uncaught);
    expect(uncaught).not.toHaveBeenCalled();
    await started.close();
  });

  it('says so when another process uses the data', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(/in use by another process/);
    await first.close();
  });

  it('restores what can be read of a damaged database, and says so', async () => {
    const first = await start();
    const before = new DynamoDBClient({ credentials, region, endpoint: first.url });
    await before.send(new PutItemCommand({ TableName: 'Things', Item: { pk: { S: 'a' }, kind: { S: 'pear' } } }));
    before.destroy();
    await first.close();
    writeFileSync(path.join(directory, 'dynamodb', 'CURRENT'), 'garbage');
    takeLosses();
    const second = await start();
    const after = new DynamoDBClient({ credentials, region, endpoint: second.url });
    const { Item } = await after.send(new GetItemCommand({ TableName: 'Things', Key: { pk: { S: 'a' } } }));
    expect(Item).toEqual({ pk: { S: 'a' }, kind: { S: 'pear' } });
    expect(takeLosses()).toEqual([expect.stringMatching(/^The local database was damaged: .*dynamodb\.damaged$/)]);
    after.destroy();
    await second.close();
  });

  it('begins anew where nothing of a damaged database can be read', async () => {
    await (await start()).close();
    const files = readdirSync(path.join(directory, 'dynamodb'));
    for (const file of files) writeFileSync(path.join(directory, 'dynamodb', file), 'garbage');
    takeLosses();
    await (await start()).close();
    expect(takeLosses()).toHaveLength(1);
  });

  it('repairs its indexes, which a crash between two writes leaves wrong', async () => {
    const first = await start();
    const client = new DynamoDBClient({ credentials, region, endpoint: first.url });
    for (const pk of ['a', 'b'])
      await client.send(new PutItemCommand({ TableName: 'Things', Item: { pk: { S: pk }, kind: { S: 'pear' } } }));
    client.destroy();
    await first.close();
    const database = new Level<string, unknown>(path.join(directory, 'dynamodb'), { valueEncoding: 'json' });
    const keys = await database.keys().all();
    const items = keys.filter((key) => key.startsWith('item-Things~'));
    const entries = keys.filter((key) => key.startsWith('index-global~Things~byKind~'));
    expect([items.length, entries.length]).toEqual([2, 2]);
    // An item that was never written, and an entry that was not written yet.
    const [itemKey = ''] = items;
    const gone = await database.get(itemKey);
    await database.del(itemKey);
    const values = await Promise.all(
      entries.map(async (key) => [key, JSON.stringify(await database.get(key))] as const),
    );
    await database.del(values.find(([, value]) => value !== JSON.stringify(gone))?.[0] ?? '');
    await database.close();

    const second = await start();
    const after = new DynamoDBClient({ credentials, region, endpoint: second.url });
    const query = new QueryCommand({
      TableName: 'Things',
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'pear' } },
    });
    const { pk } = gone as { pk: { S: string } };
    expect((await after.send(query)).Items?.map((item) => item['pk']?.S)).toEqual(
      ['a', 'b'].filter((name) => name !== pk.S),
    );
    after.destroy();
    await second.close();
  });

  it('says so when the table has changed', async () => {
    await (await start()).close();
    const { GlobalSecondaryIndexes: _, ...withoutIndex } = table;
    const changed = {
      ...withoutIndex,
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
    };
    await expect(start([changed])).rejects.toThrow(/keys of table Things have changed/);
  });
});

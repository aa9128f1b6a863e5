import { channel } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { Activity } from '../../local/activity.ts';
import { startDynamoDb } from '../../local/dynamodb.ts';
import type { RunningServer } from '../../local/server.ts';
import { credentials, region } from './client-options.ts';

const TableName = 'Things';
const NAMES = ['a', 'b', 'c'] as const;
const KINDS = ['pear', 'plum'] as const;

describe('the local DynamoDB for clients of its own process', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-dynamodb-'));
  let isHurried = true;
  let server: RunningServer;
  let inProcess: DynamoDBClient;
  let overTheNetwork: DynamoDBClient;

  const get = async (name: string, client = inProcess) => {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: { pk: { S: name } } }));
    return Item?.['kind']?.S;
  };
  const put = (name: string, kind: string | undefined, client = inProcess) =>
    client.send(
      new PutItemCommand({ TableName, Item: { pk: { S: name }, ...(kind !== undefined && { kind: { S: kind } }) } }),
    );
  const remove = (name: string) => inProcess.send(new DeleteItemCommand({ TableName, Key: { pk: { S: name } } }));
  const update = (name: string, kind: string) =>
    inProcess.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk: { S: name } },
        UpdateExpression: 'SET kind = :kind',
        ExpressionAttributeValues: { ':kind': { S: kind } },
      }),
    );
  const namesOf = async (kind: string) => {
    const { Items = [] } = await inProcess.send(
      new QueryCommand({
        TableName,
        IndexName: 'byKind',
        KeyConditionExpression: 'kind = :kind',
        ExpressionAttributeValues: { ':kind': { S: kind } },
      }),
    );
    return Items.map(({ pk }) => pk?.S ?? '').toSorted((one, other) => one.localeCompare(other));
  };
  const isAnyOfAKind = async () => {
    const { Items = [] } = await inProcess.send(new ScanCommand({ TableName, IndexName: 'byKind', Limit: 1 }));
    return Items.length > 0;
  };
  /** Requests that this process sends over a connection meanwhile. */
  const countConnections = (): (() => number) => {
    let count = 0;
    const counting = (): void => void (count += 1);
    channel('http.client.request.created').subscribe(counting);
    onTestFinished(() => {
      channel('http.client.request.created').unsubscribe(counting);
    });
    return () => count;
  };

  beforeAll(async () => {
    const table = {
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' as const },
        { AttributeName: 'kind', AttributeType: 'S' as const },
      ],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byKind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' as const }],
          Projection: { ProjectionType: 'ALL' as const },
        },
      ],
    };
    server = await startDynamoDb(
      directory,
      [table],
      { credentials, region },
      { isHurried: () => isHurried, activity: new Activity() },
    );
    inProcess = new DynamoDBClient({ credentials, region, endpoint: server.url });
    overTheNetwork = new DynamoDBClient({ credentials, region, endpoint: `http://127.0.0.1:${server.port}` });
  });
  beforeEach(() => Promise.all(NAMES.map(remove)));
  afterAll(async () => {
    inProcess.destroy();
    overTheNetwork.destroy();
    await server.close();
    rmSync(directory, { recursive: true });
  });

  it('answers them without a connection while there is a hurry, as it answers others over one', async () => {
    const connections = countConnections();
    await put('a', 'pear');
    expect(await get('a')).toBe('pear');
    expect(connections()).toBe(0);
    expect(await get('a', overTheNetwork)).toBe('pear');
    expect(connections()).toBe(1);
    isHurried = false;
    onTestFinished(() => {
      isHurried = true;
    });
    expect(await get('a')).toBe('pear');
    expect(connections()).toBe(2);
  });

  it('refuses as it refuses others', async () => {
    const refused = new PutItemCommand({
      TableName,
      Item: { pk: { S: 'a' } },
      ConditionExpression: 'attribute_exists(pk)',
    });
    for (const client of [inProcess, overTheNetwork])
      await expect(client.send(refused)).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
      });
  });

  it('has them see what came over the network', async () => {
    expect(await get('a')).toBeUndefined();
    await put('a', 'plum', overTheNetwork);
    expect([await get('a'), await namesOf('plum')]).toEqual(['plum', ['a']]);
  });

  it('answers a read that is repeated as if it were the first, whatever was written meanwhile', async () => {
    const name = fc.constantFrom(...NAMES);
    const kind = fc.constantFrom(...KINDS);
    const write = fc.oneof(
      fc.record({ act: fc.constant('put' as const), name, kind: fc.option(kind, { nil: undefined }) }),
      fc.record({ act: fc.constant('update' as const), name, kind }),
      fc.record({ act: fc.constant('delete' as const), name }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(write, { maxLength: 12 }), async (writes) => {
        const items = new Map<string, string | undefined>();
        await Promise.all(NAMES.map(remove));
        for (const written of writes) {
          if (written.act === 'delete') items.delete(written.name);
          else items.set(written.name, written.kind);
          await (written.act === 'put'
            ? put(written.name, written.kind)
            : written.act === 'update'
              ? update(written.name, written.kind)
              : remove(written.name));
          for (const one of NAMES) expect(await get(one)).toBe(items.get(one));
          expect(await isAnyOfAKind()).toBe([...items.values()].some((one) => one !== undefined));
          for (const one of KINDS) expect(await namesOf(one)).toEqual(NAMES.filter((each) => items.get(each) === one));
        }
      }),
      { numRuns: 30 },
    );
  });
});

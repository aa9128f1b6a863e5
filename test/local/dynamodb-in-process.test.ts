import { channel } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
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
  let inProcess: DynamoDBDocumentClient;
  let overTheNetwork: DynamoDBClient;

  const get = async (name: string) => {
    const { Item } = await inProcess.send(new GetCommand({ TableName, Key: { pk: name } }));
    return Item?.['kind'] as unknown;
  };
  const getOverTheNetwork = async (name: string) => {
    const { Item } = await overTheNetwork.send(new GetItemCommand({ TableName, Key: { pk: { S: name } } }));
    return Item?.['kind']?.S;
  };
  const put = (name: string, kind: string | undefined) =>
    inProcess.send(new PutCommand({ TableName, Item: { pk: name, ...(kind !== undefined && { kind }) } }));
  const putOverTheNetwork = (name: string, kind: string) =>
    overTheNetwork.send(new PutItemCommand({ TableName, Item: { pk: { S: name }, kind: { S: kind } } }));
  const remove = (name: string) => inProcess.send(new DeleteCommand({ TableName, Key: { pk: name } }));
  const update = (name: string, kind: string) =>
    inProcess.send(
      new UpdateCommand({
        TableName,
        Key: { pk: name },
        UpdateExpression: 'SET kind = :kind',
        ExpressionAttributeValues: { ':kind': kind },
      }),
    );
  const namesOf = async (kind: string) => {
    const { Items = [] } = await inProcess.send(
      new QueryCommand({
        TableName,
        IndexName: 'byKind',
        KeyConditionExpression: 'kind = :kind',
        ExpressionAttributeValues: { ':kind': kind },
      }),
    );
    return Items.map(({ pk }) => String(pk)).toSorted((one, other) => one.localeCompare(other));
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
    inProcess = DynamoDBDocumentClient.from(new DynamoDBClient({ credentials, region, endpoint: server.url }));
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
    expect(await getOverTheNetwork('a')).toBe('pear');
    expect(connections()).toBe(1);
    isHurried = false;
    onTestFinished(() => {
      isHurried = true;
    });
    expect(await get('a')).toBe('pear');
    expect(connections()).toBe(2);
  });

  it('refuses as it refuses others', async () => {
    const ConditionExpression = 'attribute_exists(pk)';
    const refusals = [
      inProcess.send(new PutCommand({ TableName, Item: { pk: 'a' }, ConditionExpression })),
      overTheNetwork.send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' } }, ConditionExpression })),
    ];
    for (const refusal of await Promise.allSettled(refusals))
      expect(refusal).toMatchObject({
        reason: { name: 'ConditionalCheckFailedException', message: 'The conditional request failed' },
      });
  });

  it('has them see what came over the network', async () => {
    expect(await get('a')).toBeUndefined();
    await putOverTheNetwork('a', 'plum');
    expect([await get('a'), await namesOf('plum')]).toEqual(['plum', ['a']]);
  });

  it('gives each reader an answer of its own', async () => {
    await put('a', 'plum');
    const read = new GetCommand({ TableName, Key: { pk: 'a' } });
    for (let time = 0; time < 3; time += 1) {
      const { Item } = await inProcess.send(read);
      expect(Item).toEqual({ pk: 'a', kind: 'plum' });
      Object.assign(Item ?? {}, { kind: 'pear' });
    }
  });

  it('asks DynamoDB once for a read that is repeated, and each time where there is no hurry', async () => {
    await put('a', 'plum');
    const read = new GetCommand({ TableName, Key: { pk: 'a' } });
    const answersOfThree = async () => {
      const ids = new Set<unknown>();
      for (let time = 0; time < 3; time += 1) ids.add((await inProcess.send(read)).$metadata.requestId);
      return ids.size;
    };
    expect(await answersOfThree()).toBe(1);
    isHurried = false;
    onTestFinished(() => {
      isHurried = true;
    });
    expect(await answersOfThree()).toBe(3);
  });

  it('remembers no answer that a write has overtaken', async () => {
    await put('a', 'plum');
    const overtaken = Promise.withResolvers<void>();
    // The read has its answer, and its caller not yet, when the write is over.
    inProcess.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        await overtaken.promise;
        return answer;
      },
      { name: 'overtaken', step: 'initialize' },
    );
    const reading = get('a');
    inProcess.middlewareStack.remove('overtaken');
    await put('a', 'pear');
    overtaken.resolve();
    expect(await reading).toBe('plum');
    expect(await get('a')).toBe('pear');
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

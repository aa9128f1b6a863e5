import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';

import { dynamoDbTable, type DynamoDbTable } from '../../functions/adapters/dynamodb-table.ts';
import { TABLE_INDEXES, TABLE_KEYS } from '../../shared/contract/table.ts';
import { inOwnAccount, motoUrl } from '../moto/moto.ts';

const hash = (name: string) => ({ AttributeName: name, KeyType: 'HASH' as const });
const range = (name: string) => ({ AttributeName: name, KeyType: 'RANGE' as const });

const createTable = (TableName: string): CreateTableCommand => {
  const indexes = Object.entries(TABLE_INDEXES);
  const names = new Set(
    [TABLE_KEYS, ...Object.values(TABLE_INDEXES)].flatMap((keys) => [keys.partitionKey, keys.sortKey]),
  );
  return new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...names]
      .filter((name) => name !== null)
      .map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
    KeySchema: [hash(TABLE_KEYS.partitionKey), range(TABLE_KEYS.sortKey)],
    GlobalSecondaryIndexes: indexes.map(([IndexName, { partitionKey, sortKey, projection }]) => ({
      IndexName,
      KeySchema: [hash(partitionKey), ...(sortKey === null ? [] : [range(sortKey)])],
      Projection: { ProjectionType: projection },
    })),
  });
};

export interface TestDynamoDb {
  readonly url: string;
  readonly client: DynamoDBClient;
  /** A fresh, empty table. */
  newTable(): Promise<DynamoDbTable>;
  stop(): Promise<void>;
}

const startServer = async (): Promise<{ url: string; close: () => Promise<void> }> => {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

/** A DynamoDB in memory, for one test file: start it in `beforeAll`, stop it in `afterAll`. It is moto's in the project `moto`. */
export const startDynalite = async (): Promise<TestDynamoDb> => {
  const moto = motoUrl();
  const { url, close } = moto === null ? await startServer() : { url: moto, close: async () => {} };
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'us-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  if (moto !== null) inOwnAccount(client);
  let count = 0;
  return {
    url,
    client,
    async newTable() {
      count += 1;
      await client.send(createTable(`atmo-${count}`));
      // On a busy machine it is still CREATING when the first request comes.
      while (
        (await client.send(new DescribeTableCommand({ TableName: `atmo-${count}` }))).Table?.TableStatus !== 'ACTIVE'
      )
        await setTimeout(5);
      return dynamoDbTable(`atmo-${count}`, client);
    },
    async stop() {
      client.destroy();
      await close();
    },
  };
};

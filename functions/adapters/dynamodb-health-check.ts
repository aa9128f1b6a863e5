import { GetCommand } from '@aws-sdk/lib-dynamodb';

import { TABLE_KEYS } from '../../shared/contract/table.ts';
import type { HealthCheck } from '../ports/health-check.ts';
import { fromDynamoDb, type DynamoDbTable } from './dynamodb-table.ts';

/** Checks that the table can be read; it may be empty. */
export const dynamoDbHealthCheck = (table: DynamoDbTable): HealthCheck => ({
  name: 'table',
  async check() {
    const Key = { [TABLE_KEYS.partitionKey]: 'heartbeat', [TABLE_KEYS.sortKey]: 'heartbeat' };
    await fromDynamoDb(table.client.send(new GetCommand({ TableName: table.name, Key })));
  },
});

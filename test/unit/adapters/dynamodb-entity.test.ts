import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbEntity } from '../../../functions/adapters/dynamodb-entity.ts';
import { allOf } from '../../../functions/adapters/dynamodb-query.ts';
import { dynamoDbTable } from '../../../functions/adapters/dynamodb-table.ts';

interface Sent {
  readonly operation: string | undefined;
  readonly input: Record<string, unknown>;
}

let sent: Sent[] = [];

/** Answers each request as an empty table does, and keeps what went over the wire. */
const client = new DynamoDBClient({
  region: 'us-west-2',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  requestHandler: {
    handle: async (request: { headers: Record<string, string>; body: Uint8Array }) => {
      const operation = request.headers['x-amz-target']?.split('.')[1];
      sent.push({ operation, input: JSON.parse(new TextDecoder().decode(request.body)) as Record<string, unknown> });
      const body = new Blob(['{}']).stream();
      return { response: { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body } };
    },
  },
});

const table = dynamoDbTable('atmo', client);
const things = dynamoDbEntity<{ id: string; version: number }, string>(table, {
  noun: 'thing',
  keyOf: (id) => ({ pk: `thing#${id}`, sk: 'thing' }),
  idOf: ({ id }) => id,
  indexKeysOf: ({ id }) => ({ kindKey: 'thing', sortKey: id }),
});
const thing = { id: 'a', version: 3 };

beforeEach(() => {
  sent = [];
});

describe('what an entity asks of DynamoDB', () => {
  it('reads consistently, since a change must see the write before it', async () => {
    await things.find('a');
    expect(sent).toMatchObject([{ operation: 'GetItem', input: { ConsistentRead: true } }]);
  });

  it('reads a partition of the table consistently; an index cannot', async () => {
    const query = { table, partition: 'p', order: 'ascending' } as const;
    await allOf({ ...query, index: null }, things.toItem);
    await allOf({ ...query, index: 'active' }, things.toItem);
    expect(sent.map(({ input }) => input['ConsistentRead'])).toEqual([true, false]);
  });

  it('stores keys and version beside the object', async () => {
    await things.create(thing);
    expect(sent[0]?.input['Item']).toEqual({
      pk: { S: 'thing#a' },
      sk: { S: 'thing' },
      kindKey: { S: 'thing' },
      sortKey: { S: 'a' },
      schema: { N: '1' },
      version: { N: '3' },
      item: { M: { id: { S: 'a' }, version: { N: '3' } } },
    });
  });

  it('writes on a condition only', async () => {
    await things.create(thing);
    await things.putUnlessNewer(thing);
    await things.deleteAsRead(thing);
    expect(sent.map(({ operation, input }) => [operation, input['ConditionExpression']])).toEqual([
      ['PutItem', 'attribute_not_exists(#pk)'],
      ['PutItem', 'attribute_not_exists(#version) OR #version <= :version'],
      ['DeleteItem', '#version = :version AND #item.#id = :id'],
    ]);
  });
});

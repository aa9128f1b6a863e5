import { GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';

import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { StaleWrite } from '../../shared/domain/errors.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import {
  laneFor,
  LAUNCH_LANES,
  nextFreeAfter,
  slotBefore,
  type LaunchLane,
  type NextFreeAt,
} from '../../shared/domain/launch-slots.ts';
import type { LaunchSlots } from '../ports/launch-slots.ts';
import type { Clock } from '../runtime/clock.ts';
import { awsErrorOf, isAwsError } from './aws-errors.ts';
import { fromDynamoDb, type DynamoDbTable } from './dynamodb-table.ts';

/** One of the two writes holds at any moment; between them, time or another writer may have moved on. */
const ATTEMPTS = 5;

const KEY = { pk: TABLE_KINDS.launchSlots, sk: 'run-job-flow' };

/**
 * Hundreds of executions take a slot in the same minute. A lane is one number, so an atomic addition gives each its own
 * slot without a retry, which a versioned write of the item would not.
 */
export const dynamoDbLaunchSlots = (table: DynamoDbTable, clock: Clock): LaunchSlots => {
  const update = async (lane: LaunchLane, input: Partial<UpdateCommandInput>): Promise<number | null> => {
    const command = new UpdateCommand({
      TableName: table.name,
      Key: KEY,
      ExpressionAttributeNames: { '#lane': lane },
      ReturnValues: 'UPDATED_NEW',
      ...input,
    });
    try {
      return Number((await table.client.send(command)).Attributes?.[lane]);
    } catch (error) {
      if (isAwsError(error, 'ConditionalCheckFailedException')) return null;
      throw awsErrorOf('DynamoDB', error);
    }
  };

  const add = (lane: LaunchLane, now: number): Promise<number | null> =>
    update(lane, {
      UpdateExpression: 'SET #lane = #lane + :every',
      ConditionExpression: '#lane > :now',
      ExpressionAttributeValues: { ':every': LAUNCH_LANES[lane].everyMs, ':now': now },
    });

  const begin = (lane: LaunchLane, now: number): Promise<number | null> =>
    update(lane, {
      UpdateExpression: 'SET #lane = :next',
      ConditionExpression: 'attribute_not_exists(#lane) OR #lane <= :now',
      ExpressionAttributeValues: { ':next': nextFreeAfter(undefined, lane, now), ':now': now },
    });

  const read = async (): Promise<NextFreeAt> => {
    const command = new GetCommand({ TableName: table.name, Key: KEY, ConsistentRead: true });
    return ((await fromDynamoDb(table.client.send(command))).Item ?? {}) as NextFreeAt;
  };

  return {
    async take(launch) {
      const now = Date.parse(clock.now());
      const lane = laneFor(launch, launch === 'cluster' ? await read() : {}, now);
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const nextFreeAt = (await add(lane, now)) ?? (await begin(lane, now));
        if (nextFreeAt !== null) return toInstant(slotBefore(nextFreeAt, lane, now));
      }
      throw new StaleWrite('Others kept taking launch slots at the same time. Try again.', { attempts: ATTEMPTS });
    },
  };
};

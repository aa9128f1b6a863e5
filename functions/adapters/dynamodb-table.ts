import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { StaleWrite } from '../../shared/domain/errors.ts';
import { awsErrorOf, fromAws, isAwsError } from './aws-errors.ts';
import { requestHandler } from './request-handler.ts';

export interface DynamoDbTable {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
}

/** The one table, to be shared by all repositories of a function. */
export const dynamoDbTable = (
  name: string,
  client: DynamoDBClient = new DynamoDBClient({ requestHandler }),
): DynamoDbTable => ({
  name,
  client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
});

/** @throws AwsThrottled, AwsFailed */
export const fromDynamoDb = <Answer>(call: Promise<Answer>): Promise<Answer> => fromAws('DynamoDB', call);

/**
 * Awaits a conditional write.
 * @returns false if the condition failed
 * @throws AwsThrottled, AwsFailed
 */
export const conditionHolds = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (isAwsError(error, 'ConditionalCheckFailedException')) return false;
    throw awsErrorOf('DynamoDB', error);
  }
};

interface Versioned {
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

/** More attempts than concurrent writers of an item: a person, an event and a sweep. */
const MAX_ATTEMPTS = 6;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Applies a pure change to the newest state, and retries if another writer was faster. A change that returns its
 * argument writes nothing.
 * @param read the newest state, read consistently
 * @param write a put on the condition that the stored version is the expected one; false if it is not
 * @throws StaleWrite if other writers won every time; also errors of `read` and of the change
 */
export const changeWithRetry = async <Item extends Versioned>({
  known,
  read,
  change,
  write,
}: {
  /** As last written by the caller: tried before anything is read. */
  readonly known?: Item | undefined;
  readonly read: () => Promise<Item>;
  readonly change: (item: Item) => Item;
  readonly write: (next: Item, expectedVersion: number) => Promise<boolean>;
}): Promise<Item> => {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const current = attempt === 0 && known !== undefined ? known : await read();
    const changed = change(current);
    if (changed === current) return current;
    const next = { ...changed, version: current.version + 1 };
    if (await write(next, current.version)) return next;
    // Full jitter, so that two writers do not collide again.
    await pause(Math.random() * 20 * 2 ** attempt);
  }
  throw new StaleWrite('Other requests kept changing this at the same time. Try again.', { attempts: MAX_ATTEMPTS });
};

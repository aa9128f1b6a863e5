import { cpSync, mkdirSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type CreateTableCommandInput,
  type KeySchemaElement,
  type TableDescription,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { Level } from 'level';

import { isLocked } from './data-lock.ts';
import { noteLoss } from './data-loss.ts';
import { repairIndexes } from './dynamodb-repair.ts';
import { rememberAnswers, type RememberedAnswers } from './dynamodb-answers.ts';
import { answerInProcess, answerOf, type InProcess } from './in-process.ts';
import { listen, type RunningServer } from './server.ts';
import { StartupError } from './startup-error.ts';

/** A table as the deployment would create it. */
export type TableDefinition = Pick<
  CreateTableCommandInput,
  'AttributeDefinitions' | 'GlobalSecondaryIndexes' | 'KeySchema' | 'TableName'
>;

/**
 * DynamoDB on this machine, with its tables.
 * @param hurry when clients of this process need no connection
 * @throws StartupError where the data cannot be opened or belongs to other tables
 */
export const startDynamoDb = async (
  dataDirectory: string,
  tables: readonly TableDefinition[],
  clientOptions: ConstructorParameters<typeof DynamoDBClient>[0] & object,
  hurry: Pick<InProcess, 'activity' | 'isHurried'>,
): Promise<RunningServer> => {
  const directory = path.join(dataDirectory, 'dynamodb');
  await checkDatabase(directory, dataDirectory);
  readAtOnce();
  closeIterators();
  const server = dynalite({ path: directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const [listener] = server.listeners('request') as RequestListener[];
  if (listener === undefined) throw new Error('dynalite listens to no requests.');
  surviveAborts(server);
  const answers = rememberAnswers({ ...hurry, clients: DynamoDBDocumentClient, keyNames: keyNamesOf(tables) });
  forgetOnRequest(server, answers);
  const started = await listen(server, 0);
  const client = new DynamoDBClient({ ...clientOptions, endpoint: started.url, maxAttempts: 1 });
  try {
    for (const table of tables) await ensureTable(client, table);
  } catch (error) {
    answers.stop();
    await started.close();
    throw error;
  } finally {
    client.destroy();
  }
  const overTheNetwork = answerInProcess({ client, port: started.port, answer: answerOf(listener), ...hurry });
  return {
    ...started,
    close() {
      answers.stop();
      overTheNetwork();
      return started.close();
    },
  };
};

/** Reads of this small database cost less at once than handed to another thread and back. */
const readAtOnce = (): void => {
  const prototype = Level.prototype as unknown as LevelReads;
  // oxlint-disable no-underscore-dangle -- the names are LevelDB's
  prototype._get = async function get(key, options) {
    return this._getSync(key, options);
  };
  // oxlint-enable no-underscore-dangle
};

const { keys, values } = Level.prototype as unknown as LevelReads;

/** dynalite calls `return` where LevelDB's iterators have `close`: each query left one open, and kept in memory and on disk what it sees. */
const closeIterators = (): void => {
  const closed = (iterator: LevelIterator): LevelIterator =>
    Object.assign(iterator, { return: () => iterator.close() });
  Object.assign(Level.prototype, {
    keys(this: object, options: object) {
      return closed(keys.call(this, options));
    },
    values(this: object, options: object) {
      return closed(values.call(this, options));
    },
  });
};

interface LevelIterator {
  close(): Promise<void>;
}

/** How LevelDB's classes read; the type for browsers and Node together lacks them. */
interface LevelReads {
  keys: (options: object) => LevelIterator;
  values: (options: object) => LevelIterator;
  _get(key: unknown, options: object): Promise<unknown>;
  _getSync(key: unknown, options: object): unknown;
}

/** dynalite ends the whole process where a client hangs up in the middle of a request; nobody waits for an answer then. */
const surviveAborts = (server: Server): void => {
  server.prependListener('request', (request) => {
    const emit = request.emit.bind(request);
    request.emit = (event: string | symbol, ...values: unknown[]) => event === 'error' || emit(event, ...values);
  });
};

/** Any request over the network may write. */
const forgetOnRequest = (server: Server, { forgetAll }: RememberedAnswers): void => {
  server.prependListener('request', (_request, response) => {
    forgetAll();
    response.once('close', forgetAll);
  });
};

const keyNamesOf = (tables: readonly TableDefinition[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    tables.flatMap(({ TableName = '', KeySchema = [], GlobalSecondaryIndexes }) => [
      [TableName, namesIn(KeySchema)],
      ...(GlobalSecondaryIndexes ?? []).map(
        (index) => [`${TableName}/${index.IndexName}`, namesIn(index.KeySchema ?? [])] as const,
      ),
    ]),
  );

const namesIn = (schema: readonly KeySchemaElement[]): readonly string[] =>
  schema.map(({ AttributeName = '' }) => AttributeName);

/** Opens and closes the database, because dynalite ends the whole process where it cannot. */
const checkDatabase = async (directory: string, dataDirectory: string): Promise<void> => {
  mkdirSync(directory, { recursive: true });
  try {
    await openOnce(directory);
  } catch (error) {
    if (isLocked(error)) {
      throw new StartupError(
        `The local database ${directory} is in use by another process. Stop it, or start with another ATMO_LOCAL_DIR.`,
        { cause: error },
      );
    }
    await restore(directory, dataDirectory);
  }
  const repaired = await repairIndexes(directory);
  if (repaired > 0)
    console.error(`${repaired} index entries of the local database did not fit its items and are repaired.`);
};

// LevelDB's own, which the type for browsers and Node together lacks.
const repair = (directory: string): Promise<void> =>
  (Level as unknown as { repair(directory: string): Promise<void> }).repair(directory);

const openOnce = async (directory: string): Promise<void> => {
  const database = new Level(directory);
  await database.open();
  await database.close();
};

/** Has LevelDB find what can still be read. @throws StartupError where that is nothing it can open */
const restore = async (directory: string, dataDirectory: string): Promise<void> => {
  const aside = `${directory}.damaged`;
  try {
    cpSync(directory, aside, { recursive: true, force: true });
    await repair(directory);
    await openOnce(directory);
  } catch (error) {
    throw new StartupError(`The local database ${directory} is damaged. Move ${dataDirectory} away to start afresh.`, {
      cause: error,
    });
  }
  noteLoss(
    `The local database was damaged: readable items were recovered, the rest is lost. The damaged files are in ${aside}`,
  );
};

const ensureTable = async (client: DynamoDBClient, table: TableDefinition): Promise<void> => {
  const existing = await client
    .send(new DescribeTableCommand({ TableName: table.TableName }))
    .catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    });
  if (existing?.Table === undefined) {
    await client.send(new CreateTableCommand({ ...table, BillingMode: 'PAY_PER_REQUEST' }));
    // As on AWS, a table that is being made takes no items.
    await waitUntilTableExists(
      { client, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 10 },
      { TableName: table.TableName },
    );
    return;
  }
  if (!isDeepStrictEqual(keysOf(existing.Table), keysOf(table))) {
    throw new StartupError(
      `The keys of table ${table.TableName} have changed since its local data was written. ` +
        `Move the data directory (ATMO_LOCAL_DIR, .local) away to start afresh.`,
    );
  }
};

type Keys = Pick<TableDefinition | TableDescription, 'AttributeDefinitions' | 'GlobalSecondaryIndexes' | 'KeySchema'>;

const keysOf = ({ AttributeDefinitions, GlobalSecondaryIndexes, KeySchema }: Keys): unknown => ({
  attributes: new Map(
    (AttributeDefinitions ?? []).map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
  ),
  keys: KeySchema,
  indexes: new Map(
    (GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, { keys: index.KeySchema, ...projectionOf(index) }]),
  ),
});

const projectionOf = ({ Projection }: NonNullable<Keys['GlobalSecondaryIndexes']>[number]): object => ({
  projection: Projection?.ProjectionType,
  attributes: Projection?.NonKeyAttributes?.toSorted() ?? [],
});

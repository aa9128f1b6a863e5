import type { DynamoDBDocumentClient, QueryCommandInput } from '@aws-sdk/lib-dynamodb';

type Attributes = Readonly<Record<string, unknown>>;

/** What matters here of the inputs and outputs of all commands. */
interface Input extends Partial<
  Pick<QueryCommandInput, 'ExpressionAttributeValues' | 'FilterExpression' | 'ProjectionExpression' | 'Select'>
> {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Key?: Attributes;
  readonly Item?: Attributes;
}
interface Output {
  readonly Items?: readonly Attributes[];
}
interface Command {
  readonly input: Input;
}

type Send = (this: object, command: Command, ...rest: unknown[]) => Promise<Output>;

interface Remembered {
  readonly output: Output;
  /** Primary keys of the items that were asked for or found. */
  readonly keys: ReadonlySet<string>;
  /** The values of a query, one of which each item that it finds has. */
  readonly values: ReadonlySet<string>;
  /** The attributes that make an item part of the index that was scanned; none for other reads. */
  readonly indexedBy: readonly string[];
}

export interface RememberedAnswers {
  /** For writes that come another way. */
  readonly forgetAll: () => void;
  /** Has every read reach DynamoDB again. */
  readonly stop: () => void;
}

interface RememberAnswers {
  /** The class of the clients whose reads are remembered. */
  readonly clients: typeof DynamoDBDocumentClient;
  /** The key attributes of each table, and of each index as `table/index`. */
  readonly keyNames: ReadonlyMap<string, readonly string[]>;
  /** Asked for each command: at other times nothing is remembered. */
  readonly isHurried: () => boolean;
}

/** More than a quiet portal asks for again and again. */
const MOST_REMEMBERED = 500;

const textsOf = (attributes: Attributes): ReadonlySet<string> =>
  new Set(Object.values(attributes).map((value) => JSON.stringify(value)));

const operationOf = (command: Command): string => command.constructor.name.replace(/Command$/, '');

/** Whether it has every key and every value by which a write could change its answer. */
const isRepeatable = (operation: string, input: Input): boolean => {
  if (operation === 'Get') return true;
  if (input.ProjectionExpression !== undefined || input.Select !== undefined) return false;
  return operation === 'Query'
    ? input.ExpressionAttributeValues !== undefined
    : operation === 'Scan' && input.IndexName !== undefined && input.FilterExpression === undefined;
};

/**
 * Repeats the answer to a read that is asked for again, as periodic tasks do all day in a quiet portal: most of what a read costs is
 * the client's own work. A write of an item forgets what found this item, and what finds it by a value that it has now, or as part of
 * an index.
 */
export const rememberAnswers = ({ clients, keyNames, isHurried }: RememberAnswers): RememberedAnswers => {
  const remembered = new Map<string, Remembered>();
  let writes = 0;

  const keyOf = ({ TableName = '' }: Input, item: Attributes): string =>
    JSON.stringify([TableName, ...(keyNames.get(TableName) ?? []).map((name) => item[name])]);

  const forgetAll = (): void => {
    writes += 1;
    remembered.clear();
  };

  const forget = (operation: string, input: Input): void => {
    const written = { Put: input.Item, Delete: input.Key }[operation];
    if (written === undefined) return forgetAll();
    writes += 1;
    const key = keyOf(input, written);
    const has = textsOf(written);
    for (const [read, { keys, values, indexedBy }] of remembered) {
      const isIndexed = indexedBy.length > 0 && indexedBy.every((name) => name in written);
      if (isIndexed || keys.has(key) || [...values].some((value) => has.has(value))) remembered.delete(read);
    }
  };

  const remember = (operation: string, read: string, input: Input, output: Output): void => {
    const items = [...(output.Items ?? []), ...(input.Key === undefined ? [] : [input.Key])];
    if (remembered.size === MOST_REMEMBERED) remembered.clear();
    remembered.set(read, {
      // The caller may change what it gets.
      output: structuredClone(output),
      keys: new Set(items.map((item) => keyOf(input, item))),
      values: textsOf(input.ExpressionAttributeValues ?? {}),
      indexedBy: operation === 'Scan' ? (keyNames.get(`${input.TableName}/${input.IndexName}`) ?? []) : [],
    });
  };

  const repeat = async (operation: string, input: Input, ask: () => Promise<Output>): Promise<Output> => {
    const read = `${operation} ${JSON.stringify(input)}`;
    const known = remembered.get(read);
    if (known !== undefined) return structuredClone(known.output);
    const before = writes;
    const output = await ask();
    if (writes === before) remember(operation, read, input, output);
    return output;
  };

  // What every client of the SDK inherits.
  const { prototype } = Object.getPrototypeOf(clients) as { prototype: { send: Send } };
  const { send } = prototype;
  prototype.send = async function (command, ...rest) {
    const ask = (): Promise<Output> => send.call(this, command, ...rest);
    if (!(this instanceof clients) || !isHurried()) return ask();
    const operation = operationOf(command);
    if (isRepeatable(operation, command.input)) return repeat(operation, command.input, ask);
    try {
      return await ask();
    } finally {
      if (!['Get', 'Query', 'Scan', 'BatchGet'].includes(operation)) forget(operation, command.input);
    }
  };

  return {
    forgetAll,
    stop() {
      prototype.send = send;
    },
  };
};

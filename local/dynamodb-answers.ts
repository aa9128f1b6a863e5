import type { Answer, SdkRequest, SdkResponse } from './in-process.ts';

type Attributes = Readonly<Record<string, unknown>>;

interface Body {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Key?: Attributes;
  readonly Item?: Attributes;
  readonly ExpressionAttributeValues?: Attributes;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly Select?: string;
}

interface Remembered {
  readonly response: SdkResponse;
  /** Primary keys of the items that were asked for or found. */
  readonly keys: ReadonlySet<string>;
  /** The values of a query, one of which each item that it finds has. */
  readonly values: ReadonlySet<string>;
  /** The attributes that make an item part of the index that was scanned; none for other reads. */
  readonly indexedBy: readonly string[];
}

export interface RememberedAnswers {
  readonly answer: Answer;
  /** For writes that come another way. */
  readonly forgetAll: () => void;
}

/** More than a quiet portal asks for again and again. */
const MOST_REMEMBERED = 500;

const textsOf = (attributes: Attributes): ReadonlySet<string> =>
  new Set(Object.values(attributes).map((value) => JSON.stringify(value)));

/** Whether its answer has every key and every value by which a write could change it. */
const isRepeatable = (operation: string, body: Body): boolean => {
  if (operation === 'GetItem') return true;
  if (body.ProjectionExpression !== undefined || body.Select !== undefined) return false;
  return operation === 'Query'
    ? body.ExpressionAttributeValues !== undefined
    : operation === 'Scan' && body.IndexName !== undefined && body.FilterExpression === undefined;
};

/**
 * Repeats the answer to a read that is asked for again, as periodic tasks do all day in a quiet portal. A write of an item forgets
 * what found this item, and what finds it by a value that it has now, or as part of an index.
 * @param keyNames the key attributes of each table, and of each index as `table/index`
 */
export const rememberAnswers = (
  answer: Answer,
  keyNames: ReadonlyMap<string, readonly string[]>,
): RememberedAnswers => {
  const remembered = new Map<string, Remembered>();
  let writes = 0;

  const keyOf = ({ TableName = '' }: Body, item: Attributes): string =>
    JSON.stringify([TableName, ...(keyNames.get(TableName) ?? []).map((name) => item[name])]);

  const forgetAll = (): void => {
    writes += 1;
    remembered.clear();
  };

  const forget = (operation: string, body: Body): void => {
    const written = { PutItem: body.Item, DeleteItem: body.Key }[operation];
    if (written === undefined) return forgetAll();
    writes += 1;
    const key = keyOf(body, written);
    const has = textsOf(written);
    for (const [read, { keys, values, indexedBy }] of remembered) {
      const isIndexed = indexedBy.length > 0 && indexedBy.every((name) => name in written);
      if (isIndexed || keys.has(key) || [...values].some((value) => has.has(value))) remembered.delete(read);
    }
  };

  const remember = (operation: string, read: string, body: Body, response: SdkResponse): void => {
    const { Items = [] } = JSON.parse(Buffer.from(response.body).toString()) as { readonly Items?: Attributes[] };
    if (remembered.size === MOST_REMEMBERED) remembered.clear();
    remembered.set(read, {
      response,
      keys: new Set([...Items, ...(body.Key === undefined ? [] : [body.Key])].map((item) => keyOf(body, item))),
      values: textsOf(body.ExpressionAttributeValues ?? {}),
      indexedBy: operation === 'Scan' ? (keyNames.get(`${body.TableName}/${body.IndexName}`) ?? []) : [],
    });
  };

  const repeat = async (request: SdkRequest, operation: string, body: Body, text: string): Promise<SdkResponse> => {
    const read = `${operation} ${text}`;
    const known = remembered.get(read);
    // Clients correct their clock by the date of an answer.
    if (known !== undefined)
      return { ...known.response, headers: { ...known.response.headers, date: new Date().toUTCString() } };
    const before = writes;
    const response = await answer(request);
    if (response.statusCode === 200 && writes === before) remember(operation, read, body, response);
    return response;
  };

  return {
    forgetAll,
    async answer(request) {
      const [, operation = ''] = (request.headers['x-amz-target'] ?? '').split('.');
      const text = Buffer.from(request.body ?? '').toString();
      const body = JSON.parse(text) as Body;
      if (isRepeatable(operation, body)) return repeat(request, operation, body, text);
      try {
        return await answer(request);
      } finally {
        forget(operation, body);
      }
    },
  };
};

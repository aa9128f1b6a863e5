import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

import { TABLE_KINDS } from '../../shared/contract/table.ts';
import type { BudgetAccountId } from '../../shared/domain/budget.ts';
import { heldDollars, usedIn, type BudgetAccount, type BudgetHold } from '../../shared/domain/budget-account.ts';
import { StaleWrite } from '../../shared/domain/errors.ts';
import { differenceByMonth, type ByMonth } from '../../shared/domain/month.ts';
import type { BudgetAccounts, Held } from '../ports/budget-accounts.ts';
import { awsErrorOf, isAwsError } from './aws-errors.ts';
import { SCHEMA_VERSION, type StoredItem } from './dynamodb-entity.ts';
import { allOf } from './dynamodb-query.ts';
import { fromDynamoDb, type DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.budget;
/** Names of the attributes: one for the sum of each month, one for each hold. */
const MONTH = 'used#';
const HOLD = 'hold#';

interface Stored {
  readonly account: BudgetAccount;
  readonly holds: ReadonlyMap<string, Held>;
}

const attributeOf = ({ kind, id }: Pick<BudgetHold, 'kind' | 'id'>): string => `${HOLD}${kind}#${id}`;

const entriesOf = <Value>(item: StoredItem, prefix: string): [string, Value][] =>
  Object.entries(item).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name, value as Value]] : []));

const storedOf = (id: BudgetAccountId, item: StoredItem): Stored => {
  const holds = new Map(entriesOf<Held>(item, HOLD));
  return {
    account: {
      id,
      used: Object.fromEntries(
        entriesOf<number>(item, MONTH).map(([name, dollars]) => [name.slice(MONTH.length), dollars]),
      ),
      holds: [...holds.values()].flatMap(({ hold }) => hold ?? []),
    },
    holds,
  };
};

/** Only a change of the same hold by somebody else makes a write fail that had room. */
const ATTEMPTS = 8;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * A sum is a number that DynamoDB adds to, on the condition that the limit leaves room, so that hundreds of launches that count in the same sum do not
 * fail each other as versioned writes would. The hold is in the same write, so that nothing is added twice.
 */
export const dynamoDbBudgetAccounts = (table: DynamoDbTable): BudgetAccounts => {
  const keyOf = (id: BudgetAccountId) => ({ pk: `${KIND}#${id}`, sk: KIND });

  const read = async (id: BudgetAccountId): Promise<Stored> => {
    const command = new GetCommand({ TableName: table.name, Key: keyOf(id), ConsistentRead: true });
    return storedOf(id, (await fromDynamoDb(table.client.send(command))).Item ?? {});
  };

  /** @returns null if the hold has changed since it was read, or there is no room any more */
  const write = async (
    id: BudgetAccountId,
    known: Held | undefined,
    { name, next, added, room }: { name: string; next: Held | null; added: ByMonth; room: ByMonth },
  ): Promise<BudgetAccount | null> => {
    const months = Object.entries(added).filter(([, amount]) => amount !== 0);
    const names: Record<string, string> = { '#hold': name, '#schema': 'schema' };
    const values: Record<string, unknown> = { ':schema': SCHEMA_VERSION };
    const conditions: string[] = [];
    for (const [position, [month, amount]] of months.entries()) {
      names[`#m${position}`] = `${MONTH}${month}`;
      values[`:m${position}`] = amount;
      if (room[month] === undefined) continue;
      values[`:room${position}`] = room[month];
      conditions.push(`(attribute_not_exists(#m${position}) OR #m${position} <= :room${position})`);
    }
    if (known === undefined) conditions.push('attribute_not_exists(#hold)');
    else {
      names['#until'] = 'until';
      values[':was'] = known.until;
      conditions.push('#hold.#until = :was');
    }
    const set = ['#schema = :schema'];
    if (next !== null) {
      values[':hold'] = next;
      set.push('#hold = :hold');
    }
    if (next?.hold !== undefined) {
      Object.assign(names, { '#active': 'activeKey', '#sort': 'activeSortKey' });
      Object.assign(values, { ':kind': KIND, ':id': id });
      set.push('#active = :kind', '#sort = :id');
    }
    const expressions = [
      `SET ${set.join(', ')}`,
      ...(next === null ? ['REMOVE #hold'] : []),
      ...(months.length === 0 ? [] : [`ADD ${months.map((_, position) => `#m${position} :m${position}`).join(', ')}`]),
    ];
    try {
      const { Attributes = {} } = await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keyOf(id),
          UpdateExpression: expressions.join(' '),
          ConditionExpression: conditions.join(' AND '),
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
          ReturnValues: 'ALL_NEW',
        }),
      );
      return storedOf(id, Attributes).account;
    } catch (error) {
      if (isAwsError(error, 'ConditionalCheckFailedException')) return null;
      throw awsErrorOf('DynamoDB', error);
    }
  };

  const retried = async <Answer>(attempt: () => Promise<Answer | null>): Promise<Answer> => {
    for (let count = 0; count < ATTEMPTS; count += 1) {
      const answer = await attempt();
      if (answer !== null) return answer;
      await pause(Math.random() * 10 * 2 ** count);
    }
    throw new StaleWrite('Other requests kept changing this at the same time. Try again.', { attempts: ATTEMPTS });
  };

  return {
    get: async (id) => (await read(id)).account,

    hold: (id, hold, roomFor) =>
      retried(async () => {
        const { account, holds } = await read(id);
        const name = attributeOf(hold);
        const known = holds.get(name);
        const dollars = heldDollars(hold);
        const added = differenceByMonth(dollars, known?.dollars ?? {});
        const room = roomFor(added);
        if (Object.entries(room).some(([month, most]) => usedIn(account, month) > most))
          return { isHeld: false, before: known ?? null, account, added };
        const next = { until: hold.until, dollars, ...(id.startsWith('person#') ? { hold } : {}) };
        const changed = await write(id, known, { name, next, added, room });
        return changed === null ? null : { isHeld: true, before: known ?? null, account: changed, added };
      }),

    async takeBack(id, hold, before) {
      const { holds } = await read(id);
      const known = holds.get(attributeOf(hold));
      if (known?.until !== hold.until) return;
      const added = differenceByMonth(before?.dollars ?? {}, known.dollars);
      await write(id, known, { name: attributeOf(hold), next: before, added, room: {} });
    },

    settle: (id, hold, billed) =>
      retried(async () => {
        const { account, holds } = await read(id);
        const name = attributeOf(hold);
        const known = holds.get(name);
        if (known === undefined) return account;
        const added = differenceByMonth(billed, known.dollars);
        return write(id, known, { name, next: null, added, room: {} });
      }),

    ofPeople: () =>
      allOf(
        { table, index: 'active', partition: KIND, order: 'ascending' },
        (item) => storedOf(String(item['activeSortKey']) as BudgetAccountId, item).account,
      ),
  };
};

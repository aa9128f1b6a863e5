import { Conflict } from '../../shared/domain/errors.ts';
import { isActive, type Expiring, type SearchedExpiring } from '../../shared/domain/expiring.ts';
import { positionText } from '../../shared/domain/page.ts';
import { isUnlaunched } from '../../shared/domain/workload.ts';
import type { ExpiringRepository } from '../ports/expiring-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { usageKeys } from './dynamodb-open-usage.ts';
import { mailKeys } from './dynamodb-outbox.ts';
import { allOf, countedIn, emrIdKey, firstOf, keysByEmrId, pageOf, type PartitionQuery } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

interface Kept<Holder, Filter extends string> {
  readonly kind: 'cluster' | 'session';
  /** In which list it is, besides the one of all. */
  readonly stateOf: (holder: Holder) => Exclude<Filter, 'all'>;
}

const SEARCHED = [
  'id',
  'identifier',
  'name',
  'owner',
  'size',
  'emrRelease',
  'createdAt',
  'expiresAt',
  'workload.status',
  'workload.finishedAt',
] as const;

/** Clusters or sessions, each kind in partitions and indexes of its own. */
export const dynamoDbExpiringRepository = <Holder extends Expiring, Filter extends string>(
  table: DynamoDbTable,
  { kind, stateOf }: Kept<Holder, Filter>,
): ExpiringRepository<Holder, Filter> => {
  const ownerKey = (ownerId: string): string => `${kind}#${ownerId}`;

  /** An index for each list: what it does not show is not read. */
  const partitionOf = (filter: Filter, ownerId: string | null): Pick<PartitionQuery, 'index' | 'partition'> => {
    const partition = ownerId === null ? kind : ownerKey(ownerId);
    const [all, inState] =
      ownerId === null ? (['byKind', 'byKindState'] as const) : (['byOwner', 'byOwnerState'] as const);
    return filter === 'all' ? { index: all, partition } : { index: inState, partition: `${partition}#${filter}` };
  };

  const stored = dynamoDbEntity<Holder, string>(table, {
    noun: kind,
    keyOf: (id) => ({ pk: `${kind}#${id}`, sk: kind }),
    idOf: ({ id }) => id,
    indexKeysOf(holder) {
      const owner = ownerKey(holder.ownerId);
      const state = stateOf(holder);
      return {
        ownerKey: owner,
        kindKey: kind,
        ownerStateKey: `${owner}#${state}`,
        kindStateKey: `${kind}#${state}`,
        sortKey: positionText(holder),
        ...(isActive(holder) ? { activeKey: kind, activeSortKey: `${holder.expiresAt}#${holder.id}` } : {}),
        ...usageKeys(kind, holder),
        ...mailKeys(kind, holder.outbox),
        ...emrIdKey(holder.workload),
      };
    },
  });
  const { toItem, get } = stored;
  const activeQuery: PartitionQuery = { table, index: 'active', partition: kind, order: 'ascending' };

  return {
    get,

    async claimLaunch(holder) {
      if (!(await stored.create(holder))) throw new Conflict(`This ${kind} was launched already.`, { id: holder.id });
    },

    async abandonLaunch({ id, workload: { runToken } }) {
      const found = await stored.find(id);
      if (found === null || found.workload.runToken !== runToken || !isUnlaunched(found.workload)) return false;
      // A claim changed meanwhile stays; the sweep resolves what remains LAUNCHING.
      return stored.deleteAsRead(found);
    },

    async findByEmrId(emrId) {
      const key = (await keysByEmrId(table, emrId)).find(({ sk }) => sk === kind);
      return key === undefined ? null : get(key.pk.slice(`${kind}#`.length));
    },

    change: stored.change,

    list: (filter, ownerId, page) =>
      pageOf({ table, ...partitionOf(filter, ownerId), order: 'descending' }, toItem, page),

    searched: (filter, page) =>
      pageOf(
        { table, ...partitionOf(filter, null), order: 'descending', attributes: SEARCHED },
        ({ item }) => item as SearchedExpiring<Holder>,
        page,
      ),

    listAfter: (filter, ownerId, after, limit) =>
      firstOf(
        {
          table,
          ...partitionOf(filter, ownerId),
          ...(after === null ? {} : { before: positionText(after) }),
          order: 'descending',
        },
        toItem,
        limit,
      ),

    async findIn(filter, id) {
      const found = await stored.find(id);
      return found === null || filter === 'all' || stateOf(found) === filter ? found : null;
    },

    active: () => allOf(activeQuery, toItem),
    activeWorkloads: () =>
      allOf(
        { ...activeQuery, attributes: countedIn('workload') },
        ({ item }) => (item as Pick<Holder, 'workload'>).workload,
      ),
    activeExpiringBefore: (moment) => allOf({ ...activeQuery, before: moment }, toItem),
    withOpenUsage: () => allOf({ table, index: 'due', partition: kind, order: 'ascending' }, toItem),
    // `~` sorts after the `#` that follows a time in the key.
    createdBetween: (from, to) =>
      allOf({ table, index: 'byKind', partition: kind, between: [from, `${to}~`], order: 'ascending' }, toItem),
    withUnsentMail: () => allOf({ table, index: 'outbox', partition: kind, order: 'ascending' }, toItem),
  };
};

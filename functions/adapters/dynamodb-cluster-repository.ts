import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { isActive, isFailed, type Cluster } from '../../shared/domain/cluster.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import { positionText } from '../../shared/domain/page.ts';
import { isUnlaunched } from '../../shared/domain/workload.ts';
import type { ClusterFilter, ClusterRepository } from '../ports/cluster-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { usageKeys } from './dynamodb-open-usage.ts';
import { mailKeys } from './dynamodb-outbox.ts';
import { allOf, emrIdKey, firstOf, keysByEmrId, pageOf, type PartitionQuery } from './dynamodb-query.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.cluster;

const ownerKey = (ownerId: string): string => `${KIND}#${ownerId}`;

const stateOf = (cluster: Cluster): Exclude<ClusterFilter, 'all'> => {
  if (isActive(cluster)) return 'active';
  return isFailed(cluster) ? 'failed' : 'terminated';
};

const indexKeysOf = (cluster: Cluster) => ({
  ownerKey: ownerKey(cluster.ownerId),
  kindKey: KIND,
  ownerStateKey: `${ownerKey(cluster.ownerId)}#${stateOf(cluster)}`,
  kindStateKey: `${KIND}#${stateOf(cluster)}`,
  sortKey: positionText(cluster),
  ...(isActive(cluster) ? { activeKey: KIND, activeSortKey: `${cluster.expiresAt}#${cluster.id}` } : {}),
  ...usageKeys(KIND, cluster),
  ...mailKeys(KIND, cluster.outbox),
  ...emrIdKey(cluster.workload),
});

/** An index for each list: what it does not show is not read. */
const partitionOf = (filter: ClusterFilter, ownerId: string | null): Pick<PartitionQuery, 'index' | 'partition'> => {
  if (ownerId === null)
    return filter === 'all'
      ? { index: 'byKind', partition: KIND }
      : { index: 'byKindState', partition: `${KIND}#${filter}` };
  return filter === 'all'
    ? { index: 'byOwner', partition: ownerKey(ownerId) }
    : { index: 'byOwnerState', partition: `${ownerKey(ownerId)}#${filter}` };
};

export const dynamoDbClusterRepository = (table: DynamoDbTable): ClusterRepository => {
  const clusters = dynamoDbEntity<Cluster, string>(table, {
    noun: KIND,
    keyOf: (id) => ({ pk: `${KIND}#${id}`, sk: KIND }),
    idOf: ({ id }) => id,
    indexKeysOf,
  });
  const { toItem: toCluster, get } = clusters;
  const activeQuery: PartitionQuery = { table, index: 'active', partition: KIND, order: 'ascending' };

  return {
    get,

    async claimLaunch(cluster) {
      if (!(await clusters.create(cluster)))
        throw new Conflict('This cluster was launched already.', { id: cluster.id });
    },

    async abandonLaunch({ id, workload: { runToken } }) {
      const stored = await clusters.find(id);
      if (stored === null || stored.workload.runToken !== runToken || !isUnlaunched(stored.workload)) return false;
      // A claim changed meanwhile stays; the sweep resolves clusters that remain LAUNCHING.
      return clusters.deleteAsRead(stored);
    },

    async findByEmrId(emrId) {
      const key = (await keysByEmrId(table, emrId)).find(({ sk }) => sk === KIND);
      return key === undefined ? null : get(key.pk.slice(`${KIND}#`.length));
    },

    change: clusters.change,

    list: (filter, ownerId, page) =>
      pageOf({ table, ...partitionOf(filter, ownerId), order: 'descending' }, toCluster, page),

    listAfter: (filter, ownerId, after, limit) =>
      firstOf(
        {
          table,
          ...partitionOf(filter, ownerId),
          ...(after === null ? {} : { before: positionText(after) }),
          order: 'descending',
        },
        toCluster,
        limit,
      ),

    async findIn(filter, id) {
      const cluster = await clusters.find(id);
      return cluster === null || filter === 'all' || stateOf(cluster) === filter ? cluster : null;
    },

    active: () => allOf(activeQuery, toCluster),
    activeExpiringBefore: (moment) => allOf({ ...activeQuery, before: moment }, toCluster),
    withOpenUsage: () => allOf({ table, index: 'due', partition: KIND, order: 'ascending' }, toCluster),
    // `~` sorts after the `#` that follows a time in the key.
    createdBetween: (from, to) =>
      allOf({ table, index: 'byKind', partition: KIND, between: [from, `${to}~`], order: 'ascending' }, toCluster),
    withUnsentMail: () => allOf({ table, index: 'outbox', partition: KIND, order: 'ascending' }, toCluster),
  };
};

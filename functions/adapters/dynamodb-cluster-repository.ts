import { TABLE_KINDS } from '../../shared/contract/table.ts';
import { isActive, isFailed, type Cluster } from '../../shared/domain/cluster.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import { isUnlaunched } from '../../shared/domain/workload.ts';
import type { ClusterFilter, ClusterRepository } from '../ports/cluster-repository.ts';
import { dynamoDbEntity } from './dynamodb-entity.ts';
import { mailKeys } from './dynamodb-outbox.ts';
import { allOf, emrIdKey, keysByEmrId, pageOf, type PartitionQuery } from './dynamodb-query.ts';
import { sortedPage } from './dynamodb-sorted-page.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';

const KIND = TABLE_KINDS.cluster;

const ownerKey = (ownerId: string): string => `${KIND}#${ownerId}`;
const sortKeyOf = ({ createdAt, id }: Pick<Cluster, 'createdAt' | 'id'>): string => `${createdAt}#${id}`;

const indexKeysOf = (cluster: Cluster) => ({
  ownerKey: ownerKey(cluster.ownerId),
  kindKey: KIND,
  sortKey: sortKeyOf(cluster),
  ...(isActive(cluster) ? { activeKey: KIND, activeSortKey: `${cluster.expiresAt}#${cluster.id}` } : {}),
  ...mailKeys(KIND, cluster.outbox),
  ...emrIdKey(cluster.workload),
});

const FILTERS: Readonly<Record<Exclude<ClusterFilter, 'active'>, ((cluster: Cluster) => boolean) | null>> = {
  terminated: (cluster) => !isActive(cluster) && !isFailed(cluster),
  failed: isFailed,
  all: null,
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
      if (stored === null || stored.workload.runToken !== runToken || !isUnlaunched(stored.workload)) return;
      // A change in between keeps it: the sweep settles what is left LAUNCHING.
      await clusters.deleteAsRead(stored);
    },

    async findByEmrId(emrId) {
      const key = (await keysByEmrId(table, emrId)).find(({ sk }) => sk === KIND);
      return key === undefined ? null : get(key.pk.slice(`${KIND}#`.length));
    },

    change: clusters.change,

    async list(filter, ownerId, page) {
      if (filter !== 'active') {
        const scope =
          ownerId === null
            ? { index: 'byKind' as const, partition: KIND }
            : { index: 'byOwner' as const, partition: ownerKey(ownerId) };
        return pageOf({ table, ...scope, order: 'descending' }, toCluster, page, FILTERS[filter]);
      }
      // What is active is little, however long the history has become.
      const active = (await allOf(activeQuery, toCluster)).filter(
        (cluster) => ownerId === null || cluster.ownerId === ownerId,
      );
      return sortedPage(active, { list: `active#${ownerId ?? ''}`, sortKeyOf }, page);
    },

    active: () => allOf(activeQuery, toCluster),
    activeExpiringBefore: (moment) => allOf({ ...activeQuery, before: moment }, toCluster),
    withUnsentMail: () => allOf({ table, index: 'outbox', partition: KIND, order: 'ascending' }, toCluster),
  };
};

import { Entity } from 'dynamodb-toolbox/entity';
import { DeleteItemCommand } from 'dynamodb-toolbox/entity/actions/delete';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { anyOf, item, map, nul, number, string } from 'dynamodb-toolbox/schema';

import { isActive, type Cluster } from '../../shared/domain/cluster.ts';
import { EMR_CLUSTER_STATES } from '../../shared/domain/emr-state.ts';
import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import type { ClusterFilter, ClusterRepository } from '../ports/cluster-repository.ts';
import { mailKeys, pendingMails } from './dynamodb-pending-mails.ts';
import { allOf, keysByJobflow, pageOf, type PartitionQuery, type StoredItem } from './dynamodb-query.ts';
import { sortedPage } from './dynamodb-sorted-page.ts';
import { changeWithRetry, fromDynamoDb, holds, type DynamoDbTable } from './dynamodb-table.ts';

const KIND = 'cluster';

const clusterEntity = (table: DynamoDbTable) =>
  new Entity({
    name: 'Cluster',
    table,
    timestamps: false,
    schema: item({
      id: string().key(),
      identifier: string(),
      owner: string(),
      ownerEmail: string(),
      size: number(),
      lifetime: number(),
      lifetimeExtensionCount: number(),
      sshKeyId: string(),
      emrRelease: string(),
      runToken: string(),
      // Key of an index, which takes no null: absent until EMR has launched the cluster.
      jobflowId: string().optional(),
      status: string().enum('LAUNCHING', ...EMR_CLUSTER_STATES),
      statusReason: anyOf(map({ code: string(), message: string() }), nul()),
      masterAddress: anyOf(string(), nul()),
      createdAt: string(),
      expiresAt: string(),
      startedAt: anyOf(string(), nul()),
      readyAt: anyOf(string(), nul()),
      finishedAt: anyOf(string(), nul()),
      hourlyCost: number(),
      normalizedInstanceHours: anyOf(number(), nul()),
      termination: anyOf(
        map({ by: string(), reason: string().enum('requested', 'expired', 'orphaned'), at: string() }),
        nul(),
      ),
      expiryMailedFor: anyOf(string(), nul()),
      pendingMails: pendingMails(),
      missedSweeps: number(),
      modifiedAt: string(),
      version: number(),
      // Index keys: written with the item, never shown.
      ownerKey: string().hidden(),
      kindKey: string().hidden(),
      sortKey: string().hidden(),
      activeKey: string().hidden().optional(),
      activeSortKey: string().hidden().optional(),
      mailKey: string().hidden().optional(),
      mailSortKey: string().hidden().optional(),
    }),
    computeKey: ({ id }) => ({ pk: `${KIND}#${id}`, sk: KIND }),
  });

const ownerKey = (owner: string): string => `${KIND}#${owner}`;
const sortKeyOf = ({ createdAt, id }: Pick<Cluster, 'createdAt' | 'id'>): string => `${createdAt}#${id}`;

const toItem = ({ jobflowId, pendingMails: mails, ...cluster }: Cluster) => ({
  ...cluster,
  ...(jobflowId === null ? {} : { jobflowId }),
  pendingMails: [...mails],
  ownerKey: ownerKey(cluster.owner),
  kindKey: KIND,
  sortKey: sortKeyOf(cluster),
  ...(isActive(cluster) ? { activeKey: KIND, activeSortKey: `${cluster.expiresAt}#${cluster.id}` } : {}),
  ...mailKeys(KIND, mails),
});

const FILTERS: Readonly<Record<Exclude<ClusterFilter, 'active'>, ((cluster: Cluster) => boolean) | null>> = {
  terminated: ({ status }) => status === 'TERMINATED',
  failed: ({ status }) => status === 'TERMINATED_WITH_ERRORS',
  all: null,
};

export const dynamoDbClusterRepository = (table: DynamoDbTable): ClusterRepository => {
  const entity = clusterEntity(table);
  const toCluster = (stored: StoredItem): Cluster => {
    const { jobflowId = null, ...cluster } = entity.build(EntityFormatter).format(stored);
    return { ...cluster, jobflowId };
  };
  const activeQuery: PartitionQuery = { table, index: 'active', partition: KIND, order: 'ascending' };

  const get = async (id: string): Promise<Cluster> => {
    const { Item } = await fromDynamoDb(entity.build(GetItemCommand).key({ id }).options({ consistent: true }).send());
    if (Item === undefined) throw new NotFound(KIND, id);
    const { jobflowId = null, ...cluster } = Item;
    return { ...cluster, jobflowId };
  };

  type WriteCondition = { attr: 'id'; exists: false } | { attr: 'version'; eq: number };
  const put = (cluster: Cluster, condition: WriteCondition): Promise<boolean> =>
    holds(entity.build(PutItemCommand).item(toItem(cluster)).options({ condition }).send());

  return {
    get,

    async claimLaunch(cluster) {
      if (!(await put(cluster, { attr: 'id', exists: false })))
        throw new Conflict('This cluster was launched already.', { id: cluster.id });
    },

    async abandonLaunch({ id, runToken }) {
      const isUnlaunched = [
        { attr: 'status' as const, eq: 'LAUNCHING' as const },
        { attr: 'runToken' as const, eq: runToken },
      ];
      const command = entity
        .build(DeleteItemCommand)
        .key({ id })
        .options({ condition: { and: isUnlaunched } });
      await holds(command.send());
    },

    async findByJobflow(jobflowId) {
      const key = (await keysByJobflow(table, jobflowId)).find(({ sk }) => sk === KIND);
      return key === undefined ? null : get(key.pk.slice(`${KIND}#`.length));
    },

    change: (id, change) =>
      changeWithRetry({
        read: () => get(id),
        change,
        write: (next, version) => put(next, { attr: 'version', eq: version }),
      }),

    async list(filter, owner, page) {
      if (filter !== 'active') {
        const scope =
          owner === null
            ? { index: 'byKind' as const, partition: KIND }
            : { index: 'byOwner' as const, partition: ownerKey(owner) };
        return pageOf({ table, ...scope, order: 'descending' }, toCluster, page, FILTERS[filter]);
      }
      // What is active is little, however long the history has become.
      const active = (await allOf(activeQuery, toCluster)).filter(
        (cluster) => owner === null || cluster.owner === owner,
      );
      return sortedPage(active, { list: `active#${owner ?? ''}`, sortKeyOf }, page);
    },

    active: () => allOf(activeQuery, toCluster),
    activeExpiringBefore: (moment) => allOf({ ...activeQuery, before: moment }, toCluster),
    owingMail: () => allOf({ table, index: 'pendingMail', partition: KIND, order: 'ascending' }, toCluster),
  };
};

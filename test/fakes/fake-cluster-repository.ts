import type { ClusterFilter, ClusterRepository } from '../../functions/ports/cluster-repository.ts';
import { isActive, isFailed, type Cluster } from '../../shared/domain/cluster.ts';
import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import { positionText } from '../../shared/domain/page.ts';
import { isBilled } from '../../shared/domain/usage.ts';
import { isUnlaunched } from '../../shared/domain/workload.ts';
import { paged } from './paged.ts';

const passes: Record<ClusterFilter, (cluster: Cluster) => boolean> = {
  active: isActive,
  terminated: ({ workload }) => workload.status === 'TERMINATED',
  failed: isFailed,
  all: () => true,
};

export const fakeClusterRepository = (...present: readonly Cluster[]): ClusterRepository => {
  const clusters = new Map(present.map((cluster) => [cluster.id, cluster]));
  const all = () => [...clusters.values()];
  const known = (id: string): Cluster => {
    const cluster = clusters.get(id);
    if (cluster === undefined) throw new NotFound('cluster', id);
    return cluster;
  };
  return {
    get: async (id) => known(id),
    async claimLaunch(cluster) {
      if (clusters.has(cluster.id)) throw new Conflict('This cluster was launched already.');
      clusters.set(cluster.id, cluster);
    },
    async abandonLaunch({ id, workload: { runToken } }) {
      const workload = clusters.get(id)?.workload;
      return workload?.runToken === runToken && isUnlaunched(workload) && clusters.delete(id);
    },
    findByEmrId: async (emrId) => all().find(({ workload }) => workload.emrId === emrId) ?? null,
    async change(id, change) {
      const current = known(id);
      const changed = change(current);
      if (changed === current) return current;
      const next = { ...changed, version: current.version + 1 };
      clusters.set(id, next);
      return next;
    },
    async list(filter, ownerId, page) {
      const listed = all().filter(
        (cluster) => passes[filter](cluster) && (ownerId === null || cluster.ownerId === ownerId),
      );
      return paged(
        `${filter}#${ownerId}`,
        listed.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
        page,
      );
    },
    listAfter: async (filter, ownerId, after, limit) =>
      all()
        .filter((cluster) => passes[filter](cluster) && cluster.ownerId === ownerId)
        .filter((cluster) => after === null || positionText(cluster) < positionText(after))
        .toSorted((a, b) => (positionText(a) < positionText(b) ? 1 : -1))
        .slice(0, limit),
    findIn: async (filter, id) => all().find((cluster) => cluster.id === id && passes[filter](cluster)) ?? null,
    active: async () => all().filter(isActive),
    activeExpiringBefore: async (moment) => all().filter((cluster) => isActive(cluster) && cluster.expiresAt < moment),
    withOpenUsage: async () =>
      all().filter(({ workload, usageClosedAt }) => isBilled(workload) && usageClosedAt === null),
    createdBetween: async (from, to) => all().filter(({ createdAt }) => createdAt >= from && createdAt <= to),
    withUnsentMail: async () => all().filter(({ outbox }) => outbox.length > 0),
  };
};

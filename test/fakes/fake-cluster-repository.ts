import type { ClusterRepository } from '../../functions/ports/cluster-repository.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import { isActive, isFailed } from '../../shared/domain/expiring.ts';
import { byId, expiringIn } from './fake-expiring-repository.ts';

export const fakeClusterRepository = (...present: readonly Cluster[]): ClusterRepository => clustersIn(byId(present));

export const clustersIn = (held: Map<string, Cluster>): ClusterRepository =>
  expiringIn(held, {
    kind: 'cluster',
    passes: {
      active: isActive,
      terminated: ({ workload }) => workload.status === 'TERMINATED',
      failed: isFailed,
      all: () => true,
    },
  });

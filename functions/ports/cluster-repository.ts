import type { Cluster } from '../../shared/domain/cluster.ts';
import type { ExpiringRepository } from './expiring-repository.ts';

export type ClusterFilter = 'active' | 'terminated' | 'failed' | 'all';

export type ClusterRepository = ExpiringRepository<Cluster, ClusterFilter>;

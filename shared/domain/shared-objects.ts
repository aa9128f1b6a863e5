import type { Cluster } from './cluster.ts';
import type { SharedObject } from './grant.ts';
import type { SparkJob } from './spark-job.ts';

export const sharedCluster = ({ id, createdAt }: Cluster): SharedObject => ({
  kind: 'cluster',
  id,
  key: id,
  createdAt,
});

export const sharedSparkJob = ({ id, identifier, createdAt }: SparkJob): SharedObject => ({
  kind: 'sparkJob',
  id,
  key: identifier,
  createdAt,
});

import type { Cluster } from './cluster.ts';
import type { SharedObject } from './grant.ts';
import type { Session } from './session.ts';
import type { SparkJob } from './spark-job.ts';

export const sharedCluster = ({ id, createdAt }: Cluster): SharedObject => ({
  kind: 'cluster',
  id,
  key: id,
  createdAt,
});

export const sharedSession = ({ id, createdAt }: Session): SharedObject => ({
  kind: 'session',
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

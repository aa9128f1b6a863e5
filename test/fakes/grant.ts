import type { Cluster } from '../../shared/domain/cluster.ts';
import type { Grant, Grantee, GrantLevel } from '../../shared/domain/grant.ts';
import type { Session } from '../../shared/domain/session.ts';
import { sharedCluster, sharedSession, sharedSparkJob } from '../../shared/domain/shared-objects.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { at } from './cluster.ts';

export const grantOnCluster = (cluster: Cluster, to: Grantee, level: GrantLevel = 'view'): Grant => ({
  object: sharedCluster(cluster),
  to,
  level,
  grantedAt: at('06:30:00'),
});

export const grantOnSession = (session: Session, to: Grantee): Grant => ({
  object: sharedSession(session),
  to,
  level: 'view',
  grantedAt: at('06:30:00'),
});

export const grantOnSparkJob = (job: SparkJob, to: Grantee, level: GrantLevel = 'view'): Grant => ({
  object: sharedSparkJob(job),
  to,
  level,
  grantedAt: at('06:30:00'),
});

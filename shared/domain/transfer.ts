import type { Cluster } from './cluster.ts';
import { isActive, isGoingDown } from './expiring.ts';
import { Conflict } from './errors.ts';
import type { Instant } from './instant.ts';
import type { Person } from './person.ts';
import { isFinalRun, type Run } from './run.ts';
import { withLatestRun, type SparkJob } from './spark-job.ts';

const ownerFields = ({ id, username, email }: Person) => ({ ownerId: id, owner: username, ownerEmail: email });

/**
 * The cluster as another person's. Its nodes, and the SSH key on them, stay as they are. One that EMR has not launched yet would be
 * launched with the key of one person into the network and home of another.
 * @throws Conflict before it is launched, and once it is ending or has ended
 */
export const transferredCluster = (cluster: Cluster, to: Person, now: Instant): Cluster => {
  if (!isActive(cluster) || isGoingDown(cluster))
    throw new Conflict(`The cluster is ${cluster.workload.status}. Only an active cluster can be transferred.`);
  if (cluster.workload.emrId === null)
    throw new Conflict('EMR has not launched the cluster yet. Transfer it once it is starting, or terminate it.');
  if (cluster.ownerId === to.id) return cluster;
  const { ownerId: id, owner: username, ownerEmail: email } = cluster;
  const launcher = cluster.launchedBy ?? { id, username, email };
  return { ...cluster, ...ownerFields(to), launchedBy: launcher.id === to.id ? null : launcher, modifiedAt: now };
};

/** The job as another person's. Runs stay with the person for whom they were launched; only the mails of the active one move. */
export const transferredJob = (job: SparkJob, to: Person, now: Instant): SparkJob => {
  if (job.ownerId === to.id) return job;
  const owned = { ...job, ...ownerFields(to), modifiedAt: now };
  const { latestRun } = job;
  if (latestRun === null || isFinalRun(latestRun)) return owned;
  return withLatestRun(owned, latestRun.id, (run): Run => ({ ...run, ownerEmail: to.email }), now);
};

/**
 * Between the decision to transfer an object and the write, it may have been transferred to a third person.
 * @throws Conflict
 */
export const requireOwnedBy = (
  { ownerId, owner }: Pick<Cluster, 'ownerId' | 'owner'>,
  ownerIds: readonly string[],
): void => {
  if (!ownerIds.includes(ownerId))
    throw new Conflict(`It was transferred to ${owner} a moment ago. Transfer it again if it should go elsewhere.`);
};

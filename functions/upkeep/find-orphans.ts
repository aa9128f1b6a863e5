import { runTokenIn } from '../../shared/domain/emr-name.ts';
import { isFinalState, type EmrClusterState } from '../../shared/domain/emr-state.ts';
import { plusMinutes } from '../../shared/domain/instant.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { EmrClusters, ListedCluster } from '../ports/emr-clusters.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { Task } from '../runtime/sweep.ts';

interface FindOrphansDependencies {
  readonly emr: EmrClusters;
  readonly clusters: ClusterRepository;
  readonly jobs: SparkJobRepository;
  readonly environment: string;
  readonly clock: Clock;
}

/** Those that cost money and are not on their way down. */
const RUNNING_STATES: readonly EmrClusterState[] = ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING'];

/** Longer than a launch takes to be recorded, and than the indexes need to show it. */
const GRACE_MINUTES = 15;

/**
 * Ends EMR clusters of ours that nobody knows: of a launch whose record is gone, or that came to life after it was given
 * up. They would run and cost unseen.
 * @throws AwsThrottled, AwsFailed
 */
export const findOrphans = ({ emr, clusters, jobs, environment, clock }: FindOrphansDependencies): Task => {
  const isWanted = async (): Promise<(listed: ListedCluster) => boolean> => {
    const [active, busy] = await Promise.all([clusters.active(), jobs.withActiveRun()]);
    const known = [...active, ...busy.flatMap(({ latestRun }) => latestRun ?? [])];
    const jobflowIds = new Set(known.map(({ jobflowId }) => jobflowId));
    const tokens = new Set(known.filter(({ jobflowId }) => jobflowId === null).map(({ runToken }) => runToken));
    return ({ jobflowId, name }) => jobflowIds.has(jobflowId) || tokens.has(runTokenIn(name, environment) ?? '');
  };

  /** The indexes of what is active lag behind; the items themselves do not. */
  const isKnown = async ({ jobflowId }: ListedCluster): Promise<boolean> => {
    const cluster = await clusters.findByJobflow(jobflowId);
    if (cluster !== null) return !isFinalState(cluster.status);
    const run = (await jobs.findByJobflow(jobflowId))?.latestRun ?? null;
    return run !== null && !isFinalRun(run);
  };

  return async () => {
    const listed = await emr.list(RUNNING_STATES);
    const before = plusMinutes(clock.now(), -GRACE_MINUTES);
    const grown = listed.filter(({ createdAt }) => createdAt !== null && createdAt < before);
    if (grown.length === 0) return;
    const wanted = await isWanted();
    const orphans: ListedCluster[] = [];
    for (const cluster of grown) if (!wanted(cluster) && !(await isKnown(cluster))) orphans.push(cluster);
    if (orphans.length === 0) return;
    for (const { jobflowId, name } of orphans) logger.error('An orphaned EMR cluster is ended', { jobflowId, name });
    await emr.terminate(orphans.map(({ jobflowId }) => jobflowId));
  };
};

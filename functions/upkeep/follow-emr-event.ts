import { runTokenIn } from '../../shared/domain/emr-name.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { FollowCluster } from '../workloads/follow-cluster.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { FollowRun } from '../workloads/follow-run.ts';
import { observationIn, type EmrEvent } from './emr-event.ts';

interface FollowEmrEventDependencies {
  readonly clusters: ClusterRepository;
  readonly jobs: SparkJobRepository;
  readonly followCluster: FollowCluster;
  readonly followRun: FollowRun;
  readonly environment: string;
}

type Subject = { readonly cluster: Cluster } | { readonly job: SparkJob };

/** Follows one of EMR's events. Those of clusters that are not ours are none of our business. */
export const followEmrEvent = ({
  clusters,
  jobs,
  followCluster,
  followRun,
  environment,
}: FollowEmrEventDependencies) => {
  const byJobflow = async (jobflowId: string): Promise<Subject | null> => {
    const [cluster, job] = await Promise.all([clusters.findByJobflow(jobflowId), jobs.findByJobflow(jobflowId)]);
    if (cluster !== null) return { cluster };
    return job === null ? null : { job };
  };

  /** A launch whose outcome is not yet recorded, or not yet in the index. */
  const byToken = async (runToken: string, jobflowId: string): Promise<Subject | null> => {
    const isSame = (known: { runToken: string; jobflowId: string | null }): boolean =>
      known.runToken === runToken && (known.jobflowId === null || known.jobflowId === jobflowId);
    const cluster = (await clusters.active()).find(isSame);
    if (cluster !== undefined) return { cluster };
    const job = (await jobs.withActiveRun()).find(({ latestRun }) => latestRun !== null && isSame(latestRun));
    return job === undefined ? null : { job };
  };

  const subjectOf = async ({ type, clusterId, name }: EmrEvent): Promise<Subject | null> => {
    if (type === 'EMR Step Status Change') return byJobflow(clusterId);
    const runToken = runTokenIn(name, environment);
    return runToken === null ? null : ((await byJobflow(clusterId)) ?? byToken(runToken, clusterId));
  };

  return async (event: EmrEvent): Promise<void> => {
    const seen = observationIn(event);
    if (seen === null) return;
    const subject = await subjectOf(event);
    if (subject === null) return;
    await ('cluster' in subject ? followCluster(subject.cluster, seen) : followRun(subject.job, seen));
  };
};

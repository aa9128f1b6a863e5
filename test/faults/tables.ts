import type { Cluster } from '../../shared/domain/cluster.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Session } from '../../shared/domain/session.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { clustersIn } from '../fakes/fake-cluster-repository.ts';
import { sessionsIn } from '../fakes/fake-session-repository.ts';
import { runsIn, sparkJobsIn } from '../fakes/fake-spark-job-repository.ts';
import type { FaultPlan } from './fault-plan.ts';
import { lagging, WatchedMap } from './watched-map.ts';

/** Milliseconds by which an index may lag behind. */
const INDEX_LAG = 60_000;

export interface Written {
  readonly cluster: (after: Cluster | undefined, before: Cluster | undefined) => void;
  readonly session: (after: Session | undefined, before: Session | undefined) => void;
  readonly job: (after: SparkJob | undefined, before: SparkJob | undefined) => void;
  readonly run: (after: Run | undefined, before: Run | undefined) => void;
}

const EXPIRING_QUERIES = [
  'findByEmrId',
  'list',
  'listAfter',
  'findIn',
  'active',
  'activeExpiringBefore',
  'withOpenUsage',
  'createdBetween',
  'withUnsentMail',
] as const;
const JOB_QUERIES = ['findByEmrId', 'list', 'withActiveRun', 'dueForUpkeep', 'withUnsentMail'] as const;
const RUN_QUERIES = ['unsettled', 'startedBetween'] as const;

/** The items that decide, with indexes a minute behind at most. */
export const tables = (plan: FaultPlan, written: Written) => {
  const lag = (): number => plan.indexLag(INDEX_LAG);
  const clusters = new WatchedMap<Cluster>(lag, written.cluster);
  const sessions = new WatchedMap<Session>(lag, written.session);
  const jobs = new WatchedMap<SparkJob>(lag, written.job);
  const runs = new WatchedMap<Run>(lag, written.run);
  return {
    items: { clusters, sessions, jobs, runs },
    clusters: lagging(clustersIn(clusters), clustersIn(clusters.indexed), EXPIRING_QUERIES),
    sessions: lagging(sessionsIn(sessions), sessionsIn(sessions.indexed), EXPIRING_QUERIES),
    jobs: lagging(sparkJobsIn(jobs), sparkJobsIn(jobs.indexed), JOB_QUERIES),
    history: lagging(runsIn(runs), runsIn(runs.indexed), RUN_QUERIES),
  };
};

export type Tables = ReturnType<typeof tables>;

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';
import { PAGES } from '../../../shared/contract/pages.ts';
import { isExpiringSoon } from '../../../shared/domain/expiring.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { failureOf } from './job-order.ts';

type ClusterFacts = Pick<
  ClusterView,
  'id' | 'identifier' | 'isActive' | 'isFailed' | 'termination' | 'expiresAt' | 'finishedAt' | 'statusReason'
>;
type JobFacts = Pick<
  ListedSparkJobView,
  'identifier' | 'latestRun' | 'isEnabled' | 'expiredAt' | 'isRunnable' | 'nextRuns'
>;

/** Something that waits for the person, with where it is explained. */
export interface Attention<Cluster> {
  readonly name: string;
  readonly to: string;
  readonly state: readonly [type: 'error' | 'warning', text: string];
  readonly text: string;
  /** When it happened, or will. */
  readonly at: string | null;
  /** Where its lifetime can be extended. */
  readonly expiring?: Cluster;
}

/** Milliseconds. A launch waits for its turn for minutes, never for so long. */
const LATE = 15 * 60_000;

/** Milliseconds for which a failed cluster stays here; unlike a job it has no next run that could mend it. */
const RECENT = 24 * 3_600_000;

const OUTCOMES = { failed: 'Failed', timedOut: 'Timed out', missed: 'Missed' } as const;

const attentionOfJob = (job: JobFacts, now: number): Omit<Attention<never>, 'expiring'> | null => {
  const { identifier, latestRun, isEnabled, expiredAt, isRunnable, nextRuns } = job;
  const name = identifier;
  const outcome = failureOf(latestRun);
  if (latestRun !== null && outcome !== null) {
    const to = PAGES.run(identifier, latestRun.id);
    const text = outcome === 'missed' ? 'The run did not start.' : `Run ${latestRun.number}.`;
    return {
      name,
      to,
      state: [outcome === 'missed' ? 'warning' : 'error', OUTCOMES[outcome]],
      text,
      at: latestRun.finishedAt,
    };
  }
  const [next] = nextRuns;
  if (!isEnabled || expiredAt !== null || !isRunnable || next === undefined) return null;
  if (Date.parse(next) + LATE > now) return null;
  return {
    name,
    to: PAGES.sparkJob(identifier),
    state: ['warning', 'Late'],
    text: 'The run has not started yet.',
    at: next,
  };
};

const attentionOfCluster = <Cluster extends ClusterFacts>(cluster: Cluster, now: number): Attention<Cluster> | null => {
  const { id, identifier, isActive, isFailed, termination, expiresAt, finishedAt, statusReason } = cluster;
  const page = { name: identifier, to: PAGES.cluster(id) };
  if (isActive && termination === null && isExpiringSoon({ expiresAt }, toInstant(now)))
    return {
      ...page,
      state: ['warning', 'Expires soon'],
      text: 'Files that are only on it will be lost.',
      at: expiresAt,
      expiring: cluster,
    };
  if (isFailed && finishedAt !== null && Date.parse(finishedAt) + RECENT > now)
    return {
      ...page,
      state: ['error', 'Failed'],
      text: statusReason?.message ?? 'EMR gave no reason.',
      at: finishedAt,
    };
  return null;
};

/** What can still be saved comes first, then what is broken, the newest first, then what did not happen. */
const rankOf = ({ expiring, state: [type] }: Attention<unknown>): number =>
  expiring !== undefined ? 0 : type === 'error' ? 1 : 2;

/** What needs the person, most urgent first. */
export const attentionOf = <Cluster extends ClusterFacts>(
  clusters: readonly Cluster[],
  jobs: readonly JobFacts[],
  now: number,
): readonly Attention<Cluster>[] =>
  [
    ...clusters.map((cluster) => attentionOfCluster(cluster, now)),
    ...jobs.map((job): Attention<Cluster> | null => attentionOfJob(job, now)),
  ]
    .filter((item) => item !== null)
    .toSorted((one, other) => rankOf(one) - rankOf(other) || (other.at ?? '').localeCompare(one.at ?? ''));

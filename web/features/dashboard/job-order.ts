import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';
import { NOT_EXECUTED } from '../../../shared/domain/run-reasons.ts';
import { newestRun } from '../spark-jobs/newest-run.ts';

type JobFacts = Pick<
  ListedSparkJobView,
  'identifier' | 'latestRun' | 'latestMissed' | 'isEnabled' | 'expiredAt' | 'nextRuns'
>;

export const URGENCIES = ['failing', 'running', 'scheduled', 'at rest'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** How the latest run did not give what it was for; null where it did, or where this machine has no Spark to execute it. */
export const failureOf = (run: JobFacts['latestRun']): 'failed' | 'timedOut' | 'missed' | null => {
  if (run === null || run.reasonCode === NOT_EXECUTED) return null;
  const { outcome } = run;
  return outcome === 'failed' || outcome === 'timedOut' || outcome === 'missed' ? outcome : null;
};

export const urgencyOf = (job: JobFacts): Urgency => {
  const newest = newestRun(job);
  if (failureOf(newest) !== null) return 'failing';
  if (newest?.outcome === null) return 'running';
  return job.isEnabled && job.expiredAt === null && job.nextRuns.length > 0 ? 'scheduled' : 'at rest';
};

/** Most urgent first, then by the next run. */
export const byUrgency = <Job extends JobFacts>(jobs: readonly Job[]): readonly Job[] =>
  jobs.toSorted(
    (one, other) =>
      URGENCIES.indexOf(urgencyOf(one)) - URGENCIES.indexOf(urgencyOf(other)) ||
      (one.nextRuns[0] ?? '9').localeCompare(other.nextRuns[0] ?? '9') ||
      one.identifier.localeCompare(other.identifier),
  );

/** `2 failing, 20 scheduled`; what there is none of is left out. */
export const urgencyCounts = (jobs: readonly JobFacts[]): string =>
  URGENCIES.map((urgency) => [jobs.filter((job) => urgencyOf(job) === urgency).length, urgency] as const)
    .filter(([count]) => count > 0)
    .map(([count, urgency]) => `${count} ${urgency}`)
    .join(', ');

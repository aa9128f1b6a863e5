import type { ListedSparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';

type JobFacts = Pick<ListedSparkJobView, 'identifier' | 'latestRun' | 'isEnabled' | 'expiredAt' | 'nextRuns'>;

export const URGENCIES = ['failing', 'running', 'scheduled', 'at rest'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Failed, timed out and missed count alike: the last run did not give what it was for. */
export const urgencyOf = ({ latestRun, isEnabled, expiredAt, nextRuns }: JobFacts): Urgency => {
  const outcome = latestRun?.outcome;
  if (outcome === 'failed' || outcome === 'timedOut' || outcome === 'missed') return 'failing';
  if (outcome === null) return 'running';
  return isEnabled && expiredAt === null && nextRuns.length > 0 ? 'scheduled' : 'at rest';
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

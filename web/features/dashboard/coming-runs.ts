import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';

type Scheduled = Pick<ListedSparkJobView, 'identifier' | 'nextRuns'>;

/** Milliseconds. */
const AHEAD = 24 * 3_600_000;

/** The runs of the next 24 hours, in order. The API tells the next five of each job. */
export const comingRuns = (jobs: readonly Scheduled[], now: number) =>
  jobs
    .flatMap(({ identifier, nextRuns }) => nextRuns.map((at) => ({ identifier, at })))
    .filter(({ at }) => Date.parse(at) >= now && Date.parse(at) < now + AHEAD)
    .toSorted((one, other) => one.at.localeCompare(other.at));

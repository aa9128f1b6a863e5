import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { serverNow } from '../../lib/server-clock.ts';

/** Milliseconds before a scheduled run from which the page polls. */
const AHEAD = 60_000;

type Live = Pick<SparkJobView, 'isRunnable' | 'isEnabled' | 'isDue' | 'expiredAt' | 'latestRun' | 'nextRuns'>;

/** Whether a job is running or about to run, by its schedule or for the first time. */
export const isLiveJob = ({ isRunnable, isEnabled, isDue, expiredAt, latestRun, nextRuns }: Live): boolean => {
  if (!isRunnable) return true;
  if (!isEnabled || expiredAt !== null) return false;
  const [next] = nextRuns;
  return (isDue && latestRun === null) || (next !== undefined && Date.parse(next) < serverNow() + AHEAD);
};

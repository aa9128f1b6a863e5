import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { serverNow } from '../../lib/server-clock.ts';

/** Milliseconds before a run by schedule from which on the page watches for it. */
const AHEAD = 60_000;

type Live = Pick<SparkJobView, 'isRunnable' | 'isEnabled' | 'isDue' | 'expiredAt' | 'latestRun' | 'nextRuns'>;

/** Whether a job is running or about to run: for the first time, or by its schedule. */
export const isLiveJob = ({ isRunnable, isEnabled, isDue, expiredAt, latestRun, nextRuns }: Live): boolean => {
  if (!isRunnable) return true;
  if (!isEnabled || expiredAt !== null) return false;
  const [next] = nextRuns;
  return (isDue && latestRun === null) || (next !== undefined && Date.parse(next) < serverNow() + AHEAD);
};

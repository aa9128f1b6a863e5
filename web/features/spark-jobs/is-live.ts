import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';
import { serverNow } from '../../lib/server-clock.ts';

/** Milliseconds before a scheduled run from which the page polls. */
const AHEAD = 60_000;

type Live = Pick<ListedSparkJobView, 'isRunnable' | 'isEnabled' | 'expiredAt' | 'nextRuns'>;

/** Whether a job is running or about to run. The first of its next runs is past until a run stands for it. */
export const isLiveJob = ({ isRunnable, isEnabled, expiredAt, nextRuns }: Live): boolean => {
  if (!isRunnable) return true;
  if (!isEnabled || expiredAt !== null) return false;
  const [next] = nextRuns;
  return next !== undefined && Date.parse(next) < serverNow() + AHEAD;
};

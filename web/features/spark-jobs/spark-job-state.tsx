import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { isDue } from '../../../shared/domain/spark-job.ts';
import { State, type StateWords } from '../../components/state.tsx';
import { useNow } from '../../lib/use-now.ts';
import { runStateWords } from '../runs/run-state.tsx';
import { newestRun } from './newest-run.ts';

type Standing = Pick<ListedSparkJobView, 'expiredAt' | 'isEnabled' | 'startDate' | 'endDate' | 'latestMissed'> & {
  readonly latestRun: Parameters<typeof runStateWords>[0] | null;
};

/** What the latest run or occurrence came to: that is a job's state, whatever its schedule says. */
const latestWords = (job: Standing): StateWords => {
  const newest = newestRun(job);
  return newest === null ? ['pending', 'Not run yet'] : runStateWords(newest);
};

const scheduleStanding = (job: Standing, now: number): string => {
  if (job.expiredAt !== null) return 'Expired';
  if (!job.isEnabled) return 'Disabled';
  return isDue(job, toInstant(now)) ? 'Scheduled' : 'Not yet due';
};

/** Both in one text: `Failed, scheduled`. */
export const sparkJobStateText = (job: Standing, now: number): string =>
  `${latestWords(job)[1]}, ${scheduleStanding(job, now).toLowerCase()}`;

/** A job's state: how its latest run or occurrence ended or goes on, and below whether its schedule goes on. */
export const SparkJobState = ({ job }: { readonly job: Standing }) => (
  <>
    <State words={latestWords(job)} />
    <div className="atmo-aside-text">{scheduleStanding(job, useNow())}</div>
  </>
);

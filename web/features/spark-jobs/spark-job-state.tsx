import type { ListedSparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { isDue } from '../../../shared/domain/spark-job.ts';
import { State, type StateWords } from '../../components/state.tsx';
import { useNow } from '../../lib/use-now.ts';
import { runStateWords } from '../runs/run-state.tsx';

type Standing = Pick<ListedSparkJobView, 'expiredAt' | 'isEnabled' | 'isRunnable' | 'startDate' | 'endDate'> & {
  readonly latestRun: Parameters<typeof runStateWords>[0] | null;
};

export const sparkJobStateWords = (job: Standing, now: number): StateWords => {
  if (!job.isRunnable && job.latestRun !== null) return runStateWords(job.latestRun);
  if (job.expiredAt !== null) return ['stopped', 'Expired'];
  if (!job.isEnabled) return ['stopped', 'Disabled'];
  return isDue(job, toInstant(now)) ? ['success', 'Scheduled'] : ['pending', 'Not yet due'];
};

/** A job's state. */
export const SparkJobState = ({ job }: { readonly job: Standing }) => (
  <State words={sparkJobStateWords(job, useNow())} />
);

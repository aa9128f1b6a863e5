import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { State, type StateWords } from '../../components/state.tsx';
import { runStateWords } from '../runs/run-state.tsx';

type Standing = Pick<SparkJobView, 'expiredAt' | 'isEnabled' | 'isRunnable' | 'isDue' | 'latestRun'>;

export const sparkJobStateWords = (job: Standing): StateWords => {
  if (!job.isRunnable && job.latestRun !== null) return runStateWords(job.latestRun);
  if (job.expiredAt !== null) return ['stopped', 'Expired'];
  if (!job.isEnabled) return ['stopped', 'Disabled'];
  return job.isDue ? ['success', 'Scheduled'] : ['pending', 'Not yet due'];
};

/** A job's state. */
export const SparkJobState = ({ job }: { readonly job: Standing }) => <State words={sparkJobStateWords(job)} />;

import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';

import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { runStateWords } from '../runs/run-state.tsx';

type State = Pick<SparkJobView, 'expiredAt' | 'isEnabled' | 'isRunnable' | 'isDue' | 'latestRun'>;

export const sparkJobStateWords = (job: State): readonly [StatusIndicatorProps.Type, string] => {
  if (!job.isRunnable && job.latestRun !== null) return runStateWords(job.latestRun);
  if (job.expiredAt !== null) return ['stopped', 'Expired'];
  if (!job.isEnabled) return ['stopped', 'Disabled'];
  return job.isDue ? ['success', 'Scheduled'] : ['pending', 'Not yet due'];
};

/** What a job is doing, or why it does nothing. */
export const SparkJobState = ({ job }: { readonly job: State }) => {
  const [type, words] = sparkJobStateWords(job);
  return <StatusIndicator type={type}>{words}</StatusIndicator>;
};

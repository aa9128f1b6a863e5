import type { SparkJobStatus } from '../../shared/contract/spark-job.ts';
import { isRunnable, type SearchedSparkJob } from '../../shared/domain/spark-job.ts';

/** Which jobs the filters of lists mean. */
export const HAS_STATUS: Readonly<Record<SparkJobStatus, (job: SearchedSparkJob) => boolean>> = {
  all: () => true,
  enabled: ({ isEnabled, expiredAt }) => isEnabled && expiredAt === null,
  disabled: ({ isEnabled }) => !isEnabled,
  expired: ({ expiredAt }) => expiredAt !== null,
  running: (job) => !isRunnable(job),
  failed: ({ latestRun }) => latestRun !== null && ['failed', 'timedOut', 'missed'].includes(latestRun.outcome ?? ''),
};

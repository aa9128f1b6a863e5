import type { SparkJobStatus } from '../../shared/contract/spark-job.ts';
import { isRunnable, type SearchedSparkJob } from '../../shared/domain/spark-job.ts';

const FAILURES: ReadonlySet<unknown> = new Set(['failed', 'timedOut', 'missed']);

/** Which jobs the filters of lists mean. */
export const HAS_STATUS: Readonly<Record<SparkJobStatus, (job: SearchedSparkJob) => boolean>> = {
  all: () => true,
  enabled: ({ isEnabled, expiredAt }) => isEnabled && expiredAt === null,
  disabled: ({ isEnabled }) => !isEnabled,
  expired: ({ expiredAt }) => expiredAt !== null,
  running: (job) => !isRunnable(job),
  failed: (job) => isRunnable(job) && ((job.latestMissed ?? null) !== null || FAILURES.has(job.latestRun?.outcome)),
};

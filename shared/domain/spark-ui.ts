import { plusHours, type Instant } from './instant.ts';
import { endingOfWorkload, phaseOf, type Workload } from './workload.ts';

/** Days after its end for which AWS keeps what a Spark UI shows, on every engine. */
export const SPARK_UI_DAYS = 30;

/** Why a workload certainly has no Spark UI, or none yet; null if AWS may have one. */
export const whyNoSparkUi = (workload: Workload, now: Instant): string | null => {
  const { readyAt, finishedAt } = workload;
  if (phaseOf(workload) !== 'ended')
    return readyAt === null ? 'Spark has not started yet. Its UI can be opened as soon as it runs.' : null;
  const mayHaveRun = readyAt !== null || endingOfWorkload(workload) === 'completed';
  if (workload.emrId === null || !mayHaveRun) return 'It ended before Spark started, so there is no Spark UI.';
  const isTooOld = finishedAt !== null && plusHours(finishedAt, 24 * SPARK_UI_DAYS) <= now;
  return isTooOld ? `AWS keeps a Spark UI for ${SPARK_UI_DAYS} days. This one is gone.` : null;
};

import { Conflict } from '../../shared/domain/errors.ts';
import { whyNoSparkUi } from '../../shared/domain/spark-ui.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import type { SparkUiLink, SparkUis } from '../ports/spark-uis.ts';
import type { Clock } from '../runtime/clock.ts';

export interface SparkUiLinks {
  readonly sparkUis: SparkUis;
  readonly clock: Clock;
}

/**
 * The address of a workload's Spark UI. What is certain without AWS is said before anything is recorded.
 * @param record the act in the audit trail
 * @throws Conflict with the reason where there is no Spark UI, or none yet; AwsThrottled, AwsFailed
 */
export const linkToSparkUi = async (
  { sparkUis, clock }: SparkUiLinks,
  workload: Workload,
  record: () => Promise<void>,
): Promise<SparkUiLink> => {
  const reason = whyNoSparkUi(workload, clock.now());
  if (reason !== null) throw new Conflict(reason, { emrId: workload.emrId });
  await record();
  return sparkUis[workload.engine].linkTo(workload);
};

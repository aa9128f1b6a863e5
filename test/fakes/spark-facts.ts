import type { SparkFacts } from '../../shared/domain/spark-facts.ts';

const STAGE = { stage: 4, name: 'count at <cell>:2', tasks: 200 };

/** Of a run in which all went wrong. */
export const SPARK_FACTS: SparkFacts = {
  stages: 9,
  tasks: 1210,
  failedTasks: 4,
  failedTaskReason: 'java.lang.OutOfMemoryError: Java heap space',
  slowestStage: { ...STAGE, seconds: 754, isFinished: false },
  spill: { ...STAGE, memoryBytes: 9_000_000_000, diskBytes: 1_200_000_000 },
  skew: { ...STAGE, medianSeconds: 2.1, longestSeconds: 691 },
  lostExecutors: { count: 2, reasons: ['Container killed by YARN for exceeding memory limits.'] },
  isComplete: true,
};

import { Conflict } from '../../shared/domain/errors.ts';
import type { SparkUi } from '../ports/spark-uis.ts';

/** Stands for an engine that a function has no workloads of. */
export const absentSparkUi: SparkUi = {
  linkTo: async () => {
    throw new Conflict('It has no Spark UI here.');
  },
};

import configurations from '../../emr/configurations.json' with { type: 'json' };
import type { ServerlessEngine } from '../../shared/contract/serverless-engine.ts';
import type { ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';

/** What speaks of YARN, of the size of a cluster's nodes, or of files that clusters have. */
const ONLY_ON_CLUSTERS = /^spark\.(yarn|dynamicAllocation|pyspark|driver\.memory$|executor\.)/;

/** Spark's settings on clusters, as far as EMR Serverless has use for them: the same notebook gives the same outputs. */
export const sparkProperties: Record<string, string> = Object.fromEntries(
  Object.entries(
    configurations.find(({ Classification }) => Classification === 'spark-defaults')?.Properties ?? {},
  ).filter((entry): entry is [string, string] => entry[1] !== undefined && !ONLY_ON_CLUSTERS.test(entry[0])),
);

/** The Python that the packages are made for: the image's own `python3` is older. */
const PYTHON = '/usr/bin/python3.11';

/** As EMR Serverless begins with, or fewer where the run has fewer. */
const FIRST_EXECUTORS = 3;

/** GB beside Spark's own memory: Python, in the driver the notebook. */
const OVERHEAD_GB = 2;

/** Driver and up to `size` executors of the stage's worker shape. */
export const workerProperties = (
  { worker }: Pick<ServerlessEngine, 'worker'>,
  size: number,
): Readonly<Record<string, string>> => {
  const shape = (role: 'driver' | 'executor'): Record<string, string> => ({
    [`spark.${role}.cores`]: String(worker.vCpu),
    [`spark.${role}.memory`]: `${worker.memoryGb - OVERHEAD_GB}g`,
    [`spark.${role}.memoryOverhead`]: `${OVERHEAD_GB}g`,
    [`spark.emr-serverless.${role}.disk`]: `${worker.storageGb}g`,
  });
  return {
    ...shape('driver'),
    ...shape('executor'),
    'spark.dynamicAllocation.enabled': 'true',
    'spark.dynamicAllocation.initialExecutors': String(Math.min(size, FIRST_EXECUTORS)),
    'spark.dynamicAllocation.maxExecutors': String(size),
  };
};

/** Arguments of spark-submit for a run with up to `size` executors, whose results are in the bucket `results`. */
export const sparkParameters = (
  { worker, packages }: Pick<ServerlessEngine, 'worker' | 'packages'>,
  family: ReleaseFamily,
  { size, results }: { readonly size: number; readonly results: string },
): string => {
  const properties = {
    ...workerProperties({ worker }, size),
    // Relative paths of Spark are resolved in the run's files (emr/steps/atmo_run/driver.py).
    'spark.hadoop.fs.defaultFS': `s3://${results}`,
    'spark.archives': `${packages[family]}#packages`,
    'spark.emr-serverless.driverEnv.PYSPARK_DRIVER_PYTHON': PYTHON,
    'spark.emr-serverless.driverEnv.PYSPARK_PYTHON': PYTHON,
    'spark.executorEnv.PYSPARK_PYTHON': PYTHON,
    'spark.executorEnv.PYTHONPATH': './packages',
  };
  return Object.entries(properties)
    .map(([name, value]) => `--conf ${name}=${value}`)
    .join(' ');
};

import type { Resources, Workers } from './records.ts';
import type { JobRunRequest, SessionRequest } from './requests.ts';

/** `--conf name=value` in the parameters of spark-submit; later ones win. */
const configurationsIn = (parameters: string): Record<string, string> =>
  Object.fromEntries(
    [...parameters.matchAll(/--conf\s+["']?([\w.-]+)=([^\s"']*)/g)].map(([, name = '', value = '']) => [name, value]),
  );

const GIGABYTES: Readonly<Record<string, number>> = { k: 1 / 1024 / 1024, m: 1 / 1024, g: 1, t: 1024 };

const gigabytes = (text: string): number => {
  const [, number = '0', unit = 'g'] = /^(\d+)([kmgt])?b?$/i.exec(text) ?? [];
  return Number(number) * (GIGABYTES[unit.toLowerCase()] ?? 1);
};

// EMR Serverless's own defaults: https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/jobs-spark.html
const DEFAULTS = { cores: '4', memory: '14g', disk: '20g', overheadShare: 0.1, executors: 3 } as const;

type SparkSettings = Readonly<Record<string, string>>;

interface Classified {
  readonly classification: string;
  readonly properties?: SparkSettings | undefined;
}

const sparkDefaultsIn = (configurations: readonly Classified[] = []): SparkSettings =>
  Object.fromEntries(
    configurations
      .filter(({ classification }) => classification === 'spark-defaults')
      .flatMap(({ properties = {} }) => Object.entries(properties)),
  );

/** Spark's settings of a job run: those of the request's parameters before those of its configuration. */
export const settingsOfJobRun = ({ jobDriver, configurationOverrides }: JobRunRequest): SparkSettings => ({
  ...sparkDefaultsIn(configurationOverrides?.applicationConfiguration),
  ...configurationsIn(jobDriver.sparkSubmit.sparkSubmitParameters),
});

export const settingsOfSession = ({ configurationOverrides }: SessionRequest): SparkSettings =>
  sparkDefaultsIn(configurationOverrides?.runtimeConfiguration);

/** The workers that Spark's settings ask for. Executors: as many as Spark begins with, which here it keeps. */
export const workersOf = (settings: SparkSettings): Workers => {
  const workerOf = (role: 'driver' | 'executor'): Resources => {
    const memory = gigabytes(settings[`spark.${role}.memory`] ?? DEFAULTS.memory);
    const overhead = settings[`spark.${role}.memoryOverhead`];
    return {
      cpu: Number(settings[`spark.${role}.cores`] ?? DEFAULTS.cores),
      memory: Math.ceil(overhead === undefined ? memory * (1 + DEFAULTS.overheadShare) : memory + gigabytes(overhead)),
      disk: gigabytes(settings[`spark.emr-serverless.${role}.disk`] ?? DEFAULTS.disk),
    };
  };
  const most = Number(settings['spark.dynamicAllocation.maxExecutors'] ?? Number.POSITIVE_INFINITY);
  const first = Number(settings['spark.dynamicAllocation.initialExecutors'] ?? DEFAULTS.executors);
  return { driver: workerOf('driver'), executor: workerOf('executor'), executors: Math.min(first, most) };
};

/** Of all workers together. */
export const resourcesOf = ({ driver, executor, executors }: Workers): Resources => ({
  cpu: driver.cpu + executors * executor.cpu,
  memory: driver.memory + executors * executor.memory,
  disk: driver.disk + executors * executor.disk,
});

const FREE_DISK_GB = 20;
const LEAST_BILLED_HOURS = 1 / 60;
const rounded = (hours: number): number => Math.round(hours * 1000) / 1000;

/** What AWS would bill: a minute at least for each worker, and the disk above what each has free. */
export const billedOf = ({
  workers,
  startedAt,
  endedAt,
}: {
  readonly workers: Workers;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}) => {
  if (startedAt === null || endedAt === null) return undefined;
  const { driver, executor, executors } = workers;
  const hours = Math.max((endedAt - startedAt) / 3_600_000, LEAST_BILLED_HOURS);
  const { cpu, memory } = resourcesOf(workers);
  const disk = Math.max(driver.disk - FREE_DISK_GB, 0) + executors * Math.max(executor.disk - FREE_DISK_GB, 0);
  return {
    vCPUHour: rounded(cpu * hours),
    memoryGBHour: rounded(memory * hours),
    storageGBHour: rounded(disk * hours),
  };
};

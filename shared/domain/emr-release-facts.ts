/** A release family: one base system, one major Spark, one pinned Python environment. */
export const RELEASE_FAMILIES = ['emr-7.x', 'emr-spark-8.x'] as const;
export type ReleaseFamily = (typeof RELEASE_FAMILIES)[number];

export const RELEASE_ENGINES = ['cluster', 'serverless'] as const;
export type ReleaseEngine = (typeof RELEASE_ENGINES)[number];

/** The contents of a release, as AWS documents them. */
export interface EmrReleaseFacts {
  /** Names as RunJobFlow takes them. */
  readonly applications: readonly string[];
  readonly sparkVersion: string;
  /** Python version of notebooks; the system's may be older. */
  readonly pythonVersion: string;
  /** Last day of AWS's standard support, `YYYY-MM-DD`; null if unknown. */
  readonly supportEndsOn: string | null;
  readonly engines: readonly ReleaseEngine[];
}

/**
 * The contents of a family's releases, unless the table below differs.
 * https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-app-versions-7.x.html
 * https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-spark800-release.html
 */
const FAMILY_FACTS: Readonly<Record<ReleaseFamily, EmrReleaseFacts>> = {
  'emr-7.x': {
    applications: [
      ['AmazonCloudWatchAgent', 'Delta', 'Flink', 'HBase', 'HCatalog', 'Hadoop', 'Hive', 'Hudi', 'Hue', 'Iceberg'],
      ['JupyterEnterpriseGateway', 'JupyterHub', 'Livy', 'Oozie', 'Phoenix', 'Pig', 'Presto', 'Spark', 'Sqoop'],
      ['TensorFlow', 'Tez', 'Trino', 'Zeppelin', 'ZooKeeper'],
    ].flat(),
    sparkVersion: '3.5.6',
    pythonVersion: '3.11',
    supportEndsOn: null,
    engines: ['cluster', 'serverless'],
  },
  // YARN and HDFS are part of Spark in this family; Hadoop is not a separate application.
  'emr-spark-8.x': {
    applications: ['AmazonCloudWatchAgent', 'Delta', 'Hudi', 'Iceberg', 'JupyterEnterpriseGateway', 'Livy', 'Spark'],
    sparkVersion: '4.0.2',
    pythonVersion: '3.11',
    supportEndsOn: null,
    engines: ['cluster', 'serverless'],
  },
};

/** How known releases differ from their family, newest first. Dates are from "supported lifecycle" on each release's page. */
const RELEASE_FACTS: Readonly<Record<string, Partial<EmrReleaseFacts>>> = {
  'spark-8.0.0': { supportEndsOn: '2027-05-20' },
  '7.14.0': { supportEndsOn: '2028-09-08' },
  '7.13.0': { supportEndsOn: '2028-04-21' },
  '7.12.0': {},
  '7.11.0': {},
  '7.10.0': { sparkVersion: '3.5.5', supportEndsOn: '2027-08-15' },
  '7.9.0': { sparkVersion: '3.5.5', supportEndsOn: '2027-05-19' },
  '7.8.0': { sparkVersion: '3.5.4' },
  '7.7.0': { sparkVersion: '3.5.3' },
  '7.6.0': { sparkVersion: '3.5.3' },
  '7.5.0': { sparkVersion: '3.5.2', supportEndsOn: '2026-11-20' },
  '7.4.0': { sparkVersion: '3.5.2', supportEndsOn: '2026-11-12' },
  '7.3.0': { sparkVersion: '3.5.1', supportEndsOn: '2026-10-15' },
  '7.2.0': { sparkVersion: '3.5.1' },
  '7.1.0': { sparkVersion: '3.5.0' },
  '7.0.0': { sparkVersion: '3.5.0', pythonVersion: '3.9' },
};

/** Versions known to exist in EMR, newest first. */
export const KNOWN_RELEASES: readonly string[] = Object.keys(RELEASE_FACTS);

/** `7.13.0` or `spark-8.0.0`: the release label without its `emr-`. */
export const RELEASE_VERSION = /^(?:spark-)?\d{1,2}\.\d{1,3}\.\d{1,3}$/;

/** The family of a version; null if it belongs to none. */
export const releaseFamily = (version: string): ReleaseFamily | null => {
  if (!RELEASE_VERSION.test(version)) return null;
  if (version.startsWith('7.')) return 'emr-7.x';
  return version.startsWith('spark-8.') ? 'emr-spark-8.x' : null;
};

/** Why a version cannot be used, with the remedy; null if it can. */
export const releaseProblem = (version: string): string | null => {
  if (!RELEASE_VERSION.test(version))
    return 'Give an EMR release without the "emr-" of its label, for example 7.13.0 or spark-8.0.0.';
  if (releaseFamily(version) !== null) return null;
  return Number.parseInt(version, 10) < 7
    ? `EMR ${version} is too old: clusters need Amazon Linux 2023, which EMR supports from 7.0.0 on. Choose a newer release.`
    : `ATMO does not support EMR ${version}. Choose a release 7.x or spark-8.x.`;
};

/**
 * The first release of a family with Spark Connect sessions on an engine; null where none has them.
 * https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/spark-connect.html
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-spark-connect-sessions.html
 */
const FIRST_WITH_SESSIONS: Readonly<Record<ReleaseEngine, Readonly<Record<ReleaseFamily, string | null>>>> = {
  cluster: { 'emr-7.x': null, 'emr-spark-8.x': 'spark-8.0.0' },
  serverless: { 'emr-7.x': '7.13.0', 'emr-spark-8.x': 'spark-8.0.0' },
};

/** Whether an engine has Spark Connect sessions of a version. */
export const hasSessions = (version: string, engine: ReleaseEngine): boolean => {
  const family = releaseFamily(version);
  const first = family === null ? null : FIRST_WITH_SESSIONS[engine][family];
  return first !== null && version.localeCompare(first, 'en', { numeric: true }) >= 0;
};

/** What a version has: from the table, else as its family; null where no family has it. */
export const releaseFacts = (version: string): EmrReleaseFacts | null => {
  const family = releaseFamily(version);
  return family === null ? null : { ...FAMILY_FACTS[family], ...RELEASE_FACTS[version] };
};

export const hasApplication = (version: string, application: string): boolean =>
  releaseFacts(version)?.applications.includes(application) ?? false;

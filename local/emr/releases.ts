import { KNOWN_RELEASES, releaseFacts } from '../../shared/domain/emr-release-facts.ts';
import { releaseLabel } from '../../shared/domain/emr-release.ts';

// EMR still launches these beside the releases that the portal offers (from 5.30 on, the first with auto-termination
// policies): https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-components.html
const OLDER_VERSIONS = [
  ['6.15.0', '6.14.0', '6.13.0', '6.12.0', '6.11.1', '6.11.0', '6.10.1', '6.10.0', '6.9.1', '6.9.0', '6.8.1', '6.8.0'],
  ['6.7.0', '6.6.0', '6.5.0', '6.4.0', '6.3.1', '6.3.0', '6.2.1', '6.2.0', '6.1.1', '6.1.0', '6.0.1', '6.0.0'],
  ['5.36.2', '5.36.1', '5.36.0', '5.35.0', '5.34.0', '5.33.1', '5.33.0', '5.32.1', '5.32.0', '5.31.1', '5.31.0'],
  ['5.30.2', '5.30.1', '5.30.0'],
].flat();

/** Release labels that RunJobFlow takes, newest first. */
export const RELEASE_LABELS: readonly string[] = [...KNOWN_RELEASES, ...OLDER_VERSIONS].map(releaseLabel);

const OLDER_APPLICATIONS = [
  ['Delta', 'Flink', 'Ganglia', 'HBase', 'HCatalog', 'Hadoop', 'Hive', 'Hudi', 'Hue', 'Iceberg'],
  ['JupyterEnterpriseGateway', 'JupyterHub', 'Livy', 'MXNet', 'Mahout', 'Oozie', 'Phoenix', 'Pig', 'Presto', 'Spark'],
  ['Sqoop', 'TensorFlow', 'Tez', 'Trino', 'Zeppelin', 'ZooKeeper'],
].flat();

/** Application names that RunJobFlow takes with a release, whatever their case. */
export const applicationsOf = (label: string): readonly string[] =>
  releaseFacts(label.replace(/^emr-/, ''))?.applications ?? OLDER_APPLICATIONS;

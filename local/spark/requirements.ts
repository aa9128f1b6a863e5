import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { RELEASE_FAMILIES, releaseFamily, type ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';
import { connectJarVersion } from './connect-jar.ts';
import { SCRIPTS, sparkPaths, type SparkPaths } from './paths.ts';

/** What is installed for a release family: a cluster node's own requirements and PySpark, all pinned by hash. */
export const requirementsOf = (family: ReleaseFamily) => ({
  node: path.join(SCRIPTS, `requirements-${family}.txt`),
  pyspark: path.join(import.meta.dirname, `requirements-${family}.txt`),
});

const KERNEL = ['install_kernel.py', 'atmo_pyspark.py'].map((file) => path.join(SCRIPTS, 'kernel', file));

const markerSchema = z.object({ requirements: z.string() });

/** Changes when anything that the installation puts in place changes. */
export const wantedVersion = (family: ReleaseFamily): string => {
  const hash = createHash('sha256');
  for (const file of [...Object.values(requirementsOf(family)), ...KERNEL]) hash.update(readFileSync(file));
  hash.update(connectJarVersion(family));
  return hash.digest('hex');
};

/** Whether a family's Spark is installed on this machine, completely and as this version of ATMO wants it. */
export const isSparkInstalled = (paths: SparkPaths): boolean => {
  if (!existsSync(paths.marker) || !existsSync(paths.python)) return false;
  const marker = markerSchema.safeParse(JSON.parse(readFileSync(paths.marker, 'utf8')));
  return marker.success && marker.data.requirements === wantedVersion(paths.family);
};

/** Whether any family's Spark is. */
export const isAnySparkInstalled = (localDirectory: string): boolean =>
  RELEASE_FAMILIES.some((family) => isSparkInstalled(sparkPaths(localDirectory, family)));

/** The Spark that stands in for that of a release; null where it is not installed. */
export const installedSpark = (localDirectory: string, releaseLabel: string): SparkPaths | null => {
  const family = releaseFamily(releaseLabel.replace(/^emr-/, ''));
  const paths = family === null ? null : sparkPaths(localDirectory, family);
  return paths !== null && isSparkInstalled(paths) ? paths : null;
};

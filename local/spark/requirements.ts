import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { SCRIPTS, type SparkPaths } from './paths.ts';

/** What is installed: a cluster node's own requirements and PySpark, all pinned by hash. */
export const REQUIREMENTS = [
  path.join(SCRIPTS, 'requirements-emr-7.x.txt'),
  path.join(import.meta.dirname, 'requirements.txt'),
] as const;

const KERNEL = ['install_kernel.py', 'atmo_pyspark.py'].map((file) => path.join(SCRIPTS, 'kernel', file));

const markerSchema = z.object({ requirements: z.string() });

/** Changes when anything that the installation puts in place changes. */
export const wantedVersion = (): string => {
  const hash = createHash('sha256');
  for (const file of [...REQUIREMENTS, ...KERNEL]) hash.update(readFileSync(file));
  return hash.digest('hex');
};

/** Whether Spark is installed on this machine, completely and as this version of ATMO wants it. */
export const isSparkInstalled = (paths: SparkPaths): boolean => {
  if (!existsSync(paths.marker) || !existsSync(paths.python)) return false;
  const marker = markerSchema.safeParse(JSON.parse(readFileSync(paths.marker, 'utf8')));
  return marker.success && marker.data.requirements === wantedVersion();
};

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';
import { connectJarVersion } from './connect-jar.ts';
import { SCRIPTS } from './paths.ts';

/** What is installed for a release family: a cluster node's own requirements and PySpark, all pinned by hash. */
export const requirementsOf = (family: ReleaseFamily) => ({
  node: path.join(SCRIPTS, `requirements-${family}.txt`),
  pyspark: path.join(import.meta.dirname, `requirements-${family}.txt`),
});

const KERNEL = ['install_kernel.py', 'atmo_pyspark.py'].map((file) => path.join(SCRIPTS, 'kernel', file));

/** Changes when anything that the installation puts in place changes. */
export const wantedVersion = (family: ReleaseFamily): string => {
  const hash = createHash('sha256');
  for (const file of [...Object.values(requirementsOf(family)), ...KERNEL]) hash.update(readFileSync(file));
  hash.update(connectJarVersion(family));
  return hash.digest('hex');
};

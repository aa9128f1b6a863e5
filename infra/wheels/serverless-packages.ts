import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';
import type { Architecture } from '../../shared/domain/serverless-cost.ts';
import { folderOf, setHash, type WheelSet } from './wheel-sets.ts';

/** Makes an archive of a set of wheels; part of what the archive is named by. */
export const INSTALLER = path.join(import.meta.dirname, 'install_wheels.py');

/** The Python of job runs (functions/adapters/emr-serverless-spark.ts). */
const PYTHON = '3.11';

/** The wheels that a family's archive is made of. */
export const packagesOf = (family: ReleaseFamily, architecture: Architecture): WheelSet => ({
  family,
  python: PYTHON,
  machine: architecture === 'arm64' ? 'aarch64' : 'x86_64',
});

/** Changes with anything that decides what is in an archive. */
export const packagesHash = (set: WheelSet): string =>
  createHash('sha256').update(setHash(set)).update(readFileSync(INSTALLER)).digest('hex');

export const archiveName = (set: WheelSet): string => `${folderOf(set)}.tar.gz`;

import path from 'node:path';

import type { ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';

const repository = path.resolve(import.meta.dirname, '../..');

/** The scripts that clusters run, as they are in the repository. */
export const SCRIPTS = path.join(repository, 'emr');

/** Where the Spark of one release family lives on this machine. */
export interface SparkPaths {
  readonly family: ReleaseFamily;
  readonly root: string;
  /** Python's virtual environment, with PySpark in it. */
  readonly venv: string;
  readonly python: string;
  /** Spark's settings in place of a cluster's. */
  readonly configuration: string;
  /** Written last by the installation: what is installed. */
  readonly marker: string;
}

/** Folders that every Spark of this machine uses. */
export interface WorkPaths {
  /** A folder for each step that is under way. */
  readonly steps: string;
  /** Home directories of people's notebook servers; they outlast a cluster, as on EFS. */
  readonly homes: string;
  /** Spark's event logs: a folder for each cluster, job run and session. */
  readonly eventLogs: string;
}

const sparkFolder = (localDirectory: string): string => path.resolve(localDirectory, 'spark');

/**
 * In `ATMO_SPARK_DIR` where that is set: one installation for several stacks of this clone.
 * @param localDirectory the local stack's data, `ATMO_LOCAL_DIR`
 */
export const sparkPaths = (localDirectory: string, family: ReleaseFamily): SparkPaths => {
  const root = path.resolve(process.env['ATMO_SPARK_DIR'] ?? sparkFolder(localDirectory), family);
  return {
    family,
    root,
    venv: path.join(root, 'venv'),
    python: path.join(root, 'venv', 'bin', 'python'),
    configuration: path.join(root, 'conf'),
    marker: path.join(root, 'installed.json'),
  };
};

/** @param localDirectory the local stack's data, `ATMO_LOCAL_DIR` */
export const workPaths = (localDirectory: string): WorkPaths => {
  const folder = sparkFolder(localDirectory);
  return {
    steps: path.join(folder, 'steps'),
    homes: path.join(folder, 'homes'),
    eventLogs: path.join(folder, 'event-logs'),
  };
};

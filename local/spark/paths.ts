import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');

/** The scripts that clusters run, as they are in the repository. */
export const SCRIPTS = path.join(repository, 'emr');

/** Where everything about Spark on this machine lives. */
export interface SparkPaths {
  readonly root: string;
  /** Python's virtual environment, with PySpark in it. */
  readonly venv: string;
  readonly python: string;
  /** Spark's settings in place of a cluster's. */
  readonly configuration: string;
  /** Written last by the installation: what is installed. */
  readonly marker: string;
  /** A folder for each step that is under way. */
  readonly steps: string;
  /** Home directories of people's notebook servers; they outlast a cluster, as on EFS. */
  readonly homes: string;
}

/** @param localDirectory the local stack's data, `ATMO_LOCAL_DIR` */
export const sparkPaths = (localDirectory: string): SparkPaths => {
  const root = path.resolve(localDirectory, 'spark');
  return {
    root,
    venv: path.join(root, 'venv'),
    python: path.join(root, 'venv', 'bin', 'python'),
    configuration: path.join(root, 'conf'),
    marker: path.join(root, 'installed.json'),
    steps: path.join(root, 'steps'),
    homes: path.join(root, 'homes'),
  };
};

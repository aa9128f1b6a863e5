import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { RELEASE_FAMILIES, releaseFamily } from '../../shared/domain/emr-release-facts.ts';
import { SCRIPTS, sparkPaths, type SparkPaths } from './paths.ts';
import { wantedVersion } from './requirements.ts';

/** What a complete installation says of itself. Its Python and its kernels name absolute paths: once moved or copied, they fail. */
export const wantedMarker = ({ family, venv }: SparkPaths) => ({
  requirements: wantedVersion(family),
  venv,
  scripts: SCRIPTS,
});

/** Null where there is no such file, or no JSON in it. */
const jsonIn = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    return null;
  }
};

/** Whether the kernels start this Python with these scripts: another clone may have written them. */
const kernelsAreHere = ({ venv, python }: SparkPaths): boolean =>
  ['pyspark', 'python3'].every((name) => {
    const kernel = jsonIn(path.join(venv, 'share', 'jupyter', 'kernels', name, 'kernel.json'));
    const { argv, env } = (kernel ?? {}) as { argv?: unknown[]; env?: { PYTHONPATH?: unknown } };
    return argv?.[0] === python && env?.PYTHONPATH === path.join(SCRIPTS, 'kernel');
  });

/** Whether a family's Spark is installed on this machine, completely, where it is, and as this version of ATMO wants it. */
export const isSparkInstalled = (paths: SparkPaths): boolean =>
  existsSync(paths.python) && isDeepStrictEqual(jsonIn(paths.marker), wantedMarker(paths)) && kernelsAreHere(paths);

/** Whether a virtual environment is where it was made: `activate` names the place. */
export const isMadeHere = ({ venv }: Pick<SparkPaths, 'venv'>): boolean => {
  const file = path.join(venv, 'bin', 'activate');
  if (!existsSync(file)) return false;
  const named = readFileSync(file, 'utf8').matchAll(/^(?:.*\s)?VIRTUAL_ENV=["']?(\/.*?)["']?$/gm);
  return [...named].some(([, place]) => place === venv);
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

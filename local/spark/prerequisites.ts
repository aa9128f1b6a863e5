import { spawnSync } from 'node:child_process';
import path from 'node:path';

import type { ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';

/** Why Spark cannot be installed here, in one line that names the remedy. */
export class MissingPrerequisite extends Error {
  override readonly name = 'MissingPrerequisite';
}

const PYTHONS = ['python3.11', 'python3.12', 'python3.10', 'python3.9', 'python3'];

/** What the packages of a family are pinned for: minor versions of Python 3. */
const PINNED_FOR: Readonly<Record<ReleaseFamily, readonly [number, number]>> = {
  'emr-7.x': [9, 12],
  'emr-spark-8.x': [11, 12],
};

// https://spark.apache.org/docs/3.5.6/#downloading and https://spark.apache.org/docs/4.0.2/#downloading
const JAVA_VERSIONS: Readonly<Record<ReleaseFamily, readonly number[]>> = {
  'emr-7.x': [8, 11, 17],
  'emr-spark-8.x': [17, 21],
};

const versionCheck = ([oldest, newest]: readonly [number, number]): string =>
  `import sys\nassert (3, ${oldest}) <= sys.version_info[:2] <= (3, ${newest}), 'version'\n`;

const succeeds = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/**
 * Finds a Python that the packages of a family are pinned for.
 * @throws MissingPrerequisite when there is none
 */
export const findPython = (family: ReleaseFamily): string => {
  const range = PINNED_FOR[family];
  const check = versionCheck(range);
  const python = PYTHONS.find((name) => succeeds(name, ['-c', `${check}import venv, ensurepip\n`]));
  if (python !== undefined) return python;
  throw new MissingPrerequisite(
    PYTHONS.some((name) => succeeds(name, ['-c', check]))
      ? "Python's venv module is missing: install it (Debian, Ubuntu: apt-get install python3-venv) and run this again."
      : `Python 3.${range[0]} to 3.${range[1]} was not found: install it (https://www.python.org/downloads/) and run this again.`,
  );
};

/** `1.8.0_402` is Java 8, `17.0.15` is Java 17. */
export const javaMajorVersion = (versionOutput: string): number | null => {
  const match = /version "(?:1\.)?(\d+)/.exec(versionOutput);
  return match === null ? null : Number(match[1]);
};

export const javaCommand = (environment: Readonly<Record<string, string | undefined>>): string => {
  const home = environment['JAVA_HOME'];
  return home === undefined || home === '' ? 'java' : path.join(home, 'bin', 'java');
};

/**
 * Makes sure of a Java that the Spark of a family runs on.
 * @throws MissingPrerequisite when there is none, or one that is too old or too new
 */
export const checkJava = (family: ReleaseFamily, environment: Readonly<Record<string, string | undefined>>): void => {
  const java = javaCommand(environment);
  const { status, stderr, stdout } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  const version = status === 0 ? javaMajorVersion(`${stderr}${stdout}`) : null;
  if (version !== null && JAVA_VERSIONS[family].includes(version)) return;
  const found = version === null ? 'Java was not found' : `The Spark of ${family} does not run on Java ${version}`;
  throw new MissingPrerequisite(
    `${found}: install Java 17 (Debian, Ubuntu: apt-get install openjdk-17-jre-headless), or set JAVA_HOME to it, and run this again.`,
  );
};

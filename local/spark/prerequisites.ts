import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Why Spark cannot be installed here, in one line that names the remedy. */
export class MissingPrerequisite extends Error {
  override readonly name = 'MissingPrerequisite';
}

const PYTHONS = ['python3.11', 'python3.10', 'python3.12', 'python3.9', 'python3'];
// Spark 3.5 runs on these: https://spark.apache.org/docs/3.5.6/#downloading
const JAVA_VERSIONS = new Set([8, 11, 17]);
// The packages are pinned for these.
const CHECK = `
import sys
assert (3, 9) <= sys.version_info[:2] <= (3, 12), 'version'
import venv, ensurepip
`;

const succeeds = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/**
 * Finds a Python that Spark runs on.
 * @throws MissingPrerequisite when there is none
 */
export const findPython = (): string => {
  const python = PYTHONS.find((name) => succeeds(name, ['-c', CHECK]));
  if (python !== undefined) return python;
  throw new MissingPrerequisite(
    PYTHONS.some((name) => succeeds(name, ['-c', CHECK.split('import venv')[0] ?? '']))
      ? "Python's venv module is missing: install it (Debian, Ubuntu: apt-get install python3-venv) and run this again."
      : 'Python 3.9 to 3.12 was not found: install it (https://www.python.org/downloads/) and run this again.',
  );
};

/** `1.8.0_402` is Java 8, `17.0.15` is Java 17. */
export const javaMajorVersion = (versionOutput: string): number | null => {
  const match = /version "(?:1\.)?(\d+)/.exec(versionOutput);
  return match === null ? null : Number(match[1]);
};

/**
 * Makes sure of a Java that Spark runs on.
 * @throws MissingPrerequisite when there is none, or one that is too old or too new
 */
export const checkJava = (environment: Readonly<Record<string, string | undefined>>): void => {
  const home = environment['JAVA_HOME'];
  const java = home === undefined || home === '' ? 'java' : path.join(home, 'bin', 'java');
  const { status, stderr, stdout } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  const version = status === 0 ? javaMajorVersion(`${stderr}${stdout}`) : null;
  if (version !== null && JAVA_VERSIONS.has(version)) return;
  const found = version === null ? 'Java was not found' : `Spark does not run on Java ${version}`;
  throw new MissingPrerequisite(
    `${found}: install Java 17 (Debian, Ubuntu: apt-get install openjdk-17-jre-headless), or set JAVA_HOME to it, and run this again.`,
  );
};

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { RELEASE_FAMILIES, type ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';
import { writeConfiguration } from './configuration.ts';
import { connectJar, fetchConnectJar, WrongJar } from './connect-jar.ts';
import { SCRIPTS, sparkPaths, type SparkPaths } from './paths.ts';
import { checkJava, findPython, javaCommand, MissingPrerequisite } from './prerequisites.ts';
import { requirementsOf } from './requirements.ts';
import { isMadeHere, isSparkInstalled, wantedMarker } from './installed-spark.ts';

/**
 * `npm run spark:install [FAMILY…]`: Spark, papermill and JupyterLab for the local stack, for each family of EMR releases
 * or for those named. May be interrupted and run again.
 */
class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

class UnknownFamily extends Error {
  override readonly name = 'UnknownFamily';
}

const run = async (command: string, args: readonly string[]): Promise<void> => {
  const child = spawn(command, args, { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new CommandFailed(`${path.basename(command)} ${args.slice(0, 3).join(' ')} … failed (${code})`);
};

const pipInstall = (paths: SparkPaths, requirements: string): Promise<void> =>
  run(
    paths.python,
    [
      ['-m', 'pip', 'install', '--require-hashes', '--requirement', requirements],
      ['--disable-pip-version-check', '--no-input', '--retries', '10', '--timeout', '60', '--progress-bar', 'on'],
    ].flat(),
  );

const install = async (paths: SparkPaths): Promise<void> => {
  const { family } = paths;
  const python = findPython(family);
  mkdirSync(paths.root, { recursive: true });
  rmSync(paths.marker, { force: true });

  const say = (number: number, what: string): void => console.log(`${family} [${number}/5] ${what}`);
  const requirements = requirementsOf(family);
  const isUsable = !existsSync(paths.venv) || (existsSync(paths.python) && isMadeHere(paths));
  say(1, `Python environment in ${paths.venv}`);
  await run(python, ['-m', 'venv', ...(isUsable ? [] : ['--clear']), paths.venv]);
  // What an interrupted run has installed is found and left as it is.
  say(2, 'JupyterLab, papermill and the libraries that clusters have (about 120 MB)');
  await pipInstall(paths, requirements.node);
  say(3, 'PySpark (some 400 MB, then a minute to unpack)');
  await pipInstall(paths, requirements.pyspark);
  say(4, connectJar(paths) === null ? 'Spark Connect (part of PySpark)' : 'Spark Connect (14 MB)');
  fetchConnectJar(paths, javaCommand(process.env));
  say(5, 'PySpark kernel and Spark settings');
  await run(paths.python, [path.join(SCRIPTS, 'kernel', 'install_kernel.py')]);
  writeConfiguration(paths);

  // Renamed into place: only a complete installation has a marker.
  writeFileSync(`${paths.marker}.partial`, `${JSON.stringify(wantedMarker(paths))}\n`);
  renameSync(`${paths.marker}.partial`, paths.marker);
};

const familyNamed = (name: string): ReleaseFamily => {
  const family = RELEASE_FAMILIES.find((known) => known === name);
  if (family !== undefined) return family;
  throw new UnknownFamily(
    `Unknown release family ${name}. Use ${RELEASE_FAMILIES.join(' or ')}, or omit it to install both.`,
  );
};

const isForPeople = (error: unknown): error is Error =>
  error instanceof MissingPrerequisite ||
  error instanceof CommandFailed ||
  error instanceof UnknownFamily ||
  error instanceof WrongJar;

// Started beside the local stack, it ends with it, and pip with both.
process.once('disconnect', () => process.kill(-process.pid, 'SIGTERM'));
process.channel?.unref();

try {
  const named = process.argv.slice(2).map(familyNamed);
  const families = named.length === 0 ? RELEASE_FAMILIES : named;
  for (const family of families) checkJava(family, process.env);
  for (const family of families) {
    const paths = sparkPaths(process.env['ATMO_LOCAL_DIR'] ?? '.local', family);
    if (isSparkInstalled(paths)) {
      writeConfiguration(paths);
      console.log(`Spark for ${family} is already installed in ${paths.root}.`);
      continue;
    }
    await install(paths);
    console.log(`Spark for ${family} is installed in ${paths.root}. Runs of the local stack now execute notebooks.`);
  }
} catch (error) {
  if (!isForPeople(error)) throw error;
  console.error(`${error.message}${error instanceof CommandFailed ? ' Run it again to go on from here.' : ''}`);
  process.exitCode = 1;
}

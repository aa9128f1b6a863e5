import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { writeConfiguration } from './configuration.ts';
import { SCRIPTS, sparkPaths, type SparkPaths } from './paths.ts';
import { checkJava, findPython, MissingPrerequisite } from './prerequisites.ts';
import { isSparkInstalled, REQUIREMENTS, wantedVersion } from './requirements.ts';

/** `npm run spark:install`: Spark, papermill and JupyterLab for the local stack. May be interrupted and run again. */
class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
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
  checkJava(process.env);
  const python = findPython();
  mkdirSync(paths.root, { recursive: true });
  rmSync(paths.marker, { force: true });

  const say = (number: number, what: string): void => console.log(`[${number}/4] ${what}`);
  const isHalfMade = existsSync(paths.venv) && !existsSync(paths.python);
  say(1, `Python environment in ${paths.venv}`);
  await run(python, ['-m', 'venv', ...(isHalfMade ? ['--clear'] : []), paths.venv]);
  // What an interrupted run has installed is found and left as it is.
  say(2, 'JupyterLab, papermill and the libraries that clusters have (about 120 MB)');
  await pipInstall(paths, REQUIREMENTS[0]);
  say(3, 'PySpark (about 320 MB, then a minute to unpack)');
  await pipInstall(paths, REQUIREMENTS[1]);
  say(4, 'PySpark kernel and Spark settings');
  await run(paths.python, [path.join(SCRIPTS, 'kernel', 'install_kernel.py')]);
  writeConfiguration(paths);

  // Renamed into place: only a complete installation has a marker.
  writeFileSync(`${paths.marker}.partial`, `${JSON.stringify({ requirements: wantedVersion() })}\n`);
  renameSync(`${paths.marker}.partial`, paths.marker);
};

const paths = sparkPaths(process.env['ATMO_LOCAL_DIR'] ?? '.local');
try {
  if (isSparkInstalled(paths)) {
    writeConfiguration(paths);
    console.log(`Spark is installed already in ${paths.root}.`);
  } else {
    await install(paths);
    console.log(`Spark is installed in ${paths.root}. Runs of the local stack now really execute notebooks.`);
  }
} catch (error) {
  if (!(error instanceof MissingPrerequisite) && !(error instanceof CommandFailed)) throw error;
  console.error(`${error.message}${error instanceof CommandFailed ? ' Run it again to go on from here.' : ''}`);
  process.exitCode = 1;
}

import { accessSync, constants, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Activity } from './activity.ts';
import { installClock } from './clock.ts';
import { lockData } from './data-lock.ts';
import { takeLosses } from './data-loss.ts';
import { setAsideOtherVersion } from './data-version.ts';
import { buildPages, synthesise } from './deployment/build.ts';
import { separateOutput } from './output.ts';
import { isControlRequest, startPortalServer } from './portal-server.ts';
import { sparkInBackground } from './spark/background-installation.ts';
import { onStop } from './stop-signals.ts';
import { StartupError } from './startup-error.ts';

const startedAt = performance.now();
const repository = fileURLToPath(new URL('..', import.meta.url));

const readPort = (text: string | undefined): number => {
  const port = Number(text ?? 3000);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new StartupError(`PORT must be a number from 0 to 65535, not '${text}'.`);
};

const openDirectory = (text: string | undefined): string => {
  const directory = path.resolve(text === undefined || text === '' ? path.join(repository, '.local') : text);
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
  } catch {
    throw new StartupError(
      `The data directory ${directory} cannot be written. Choose another: ATMO_LOCAL_DIR=… npm start`,
    );
  }
  return directory;
};

/** One line for the terminal; details are in the log. */
const describe = (error: unknown, dataDirectory: string, logFile: string): string => {
  if (error instanceof StartupError) return error.message;
  const [reason = ''] = String(error).split('\n');
  return `ATMO cannot go on: ${reason}. See ${logFile}; if the data in ${dataDirectory} is damaged, move it away.`;
};

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const main = async (): Promise<void> => {
  const port = readPort(process.env['PORT']);
  const dataDirectory = openDirectory(process.env['ATMO_LOCAL_DIR']);
  await lockData(dataDirectory);
  const aside = setAsideOtherVersion(dataDirectory);
  // Halves the time to the next start.
  enableCompileCache(path.join(dataDirectory, 'compiled'));
  const { print, complain, log, logFile } = separateOutput(dataDirectory);
  if (aside !== null)
    print(`The local data is of an earlier version. It was moved to ${aside}, and the stack starts with empty data.`);
  const aborted = new AbortController();
  const fail = (error: unknown): never => {
    log(stackOf(error));
    complain(describe(error, dataDirectory, logFile));
    process.exit(1);
  };
  // Until the stack is ready, an uncaught error stops it. Afterwards uncaught errors are only logged.
  let onUncaught = fail as (error: unknown) => void;
  process.on('uncaughtException', (error) => onUncaught(error));
  process.on('unhandledRejection', (error) => onUncaught(error));
  process.once('exit', () => aborted.abort());
  try {
    const activity = new Activity();
    // Before the rest is loaded, so that every library takes its timers from the virtual clock.
    const clock = installClock(path.join(dataDirectory, 'clock.json'), activity);
    let close = async (): Promise<void> => {};
    onStop(async () => {
      clock.endMoves();
      await close();
      clock.uninstall();
      process.exit(0);
    });
    activity.watchHttp(isControlRequest);
    const portal = await startPortalServer(port);
    const builds = {
      assembly: synthesise(repository, dataDirectory, aborted.signal),
      pages: buildPages(repository, dataDirectory, aborted.signal),
    };
    const { startStack } = await import('./stack.ts');
    const spark = sparkInBackground({ dataDirectory, print, setting: process.env['ATMO_SPARK'] });
    const options = { repository, dataDirectory, portal, clock, activity, builds, report: log };
    const stack = await startStack({ ...options, spark: () => spark.status() });

    close = async () => {
      await spark.stop();
      await stack.close();
    };
    onUncaught = (error) => log(`Uncaught: ${stackOf(error)}`);
    for (const line of takeLosses()) print(line);
    for (const [name, url] of Object.entries(stack.servers)) print(`${name.padEnd(28)} ${url}`);
    print(`${'Data'.padEnd(28)} ${dataDirectory} (log: ${path.basename(logFile)})`);
    print(`ATMO is ready at ${stack.url} (${((performance.now() - startedAt) / 1000).toFixed(1)} s). Ctrl-C ends it.`);
    spark.begin();
  } catch (error) {
    fail(error);
  }
};

try {
  await main();
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  process.exitCode = 1;
}

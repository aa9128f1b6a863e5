import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { native } from '../native-timers.ts';
import type { SparkPaths } from '../spark/paths.ts';
import { applicationsIn } from '../spark/event-logs.ts';
import { accepting, freePort } from '../spark/ports.ts';

export class HistoryServerFailed extends Error {
  override readonly name = 'HistoryServerFailed';
}

export interface HistoryServer {
  readonly port: number;
  stop(): Promise<void>;
}

const MEMORY = '512m';
/** A JVM on a busy machine. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;

const hasRead = async (port: number): Promise<boolean> => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/applications?limit=1`).catch(() => null);
  return answer?.ok === true && ((await answer.json()) as unknown[]).length > 0;
};

/** The server reads the logs once it has started; until then its page of an application says that there is none, for good. */
const readOrEmpty = async (port: number, logs: string): Promise<void> => {
  const until = native.Date.now() + PATIENCE_MS;
  while (applicationsIn(logs).length > 0 && native.Date.now() < until) {
    if (await hasRead(port)) return;
    await new Promise((resolve) => native.setTimeout(resolve, LOOK_EVERY_MS));
  }
};

/**
 * Starts Spark's own history server over a folder of event logs, on this machine alone.
 * @param scratch a folder for its settings, removed at its end
 * @throws HistoryServerFailed
 */
export const startHistoryServer = async (spark: SparkPaths, logs: string, scratch: string): Promise<HistoryServer> => {
  mkdirSync(scratch, { recursive: true });
  const port = await freePort();
  const settings = {
    'spark.history.fs.logDirectory': pathToFileURL(logs).href,
    'spark.history.fs.update.interval': '3s',
    'spark.history.ui.port': String(port),
    'spark.history.retainedApplications': '5',
    'spark.port.maxRetries': '0',
  };
  const properties = path.join(scratch, 'history.conf');
  writeFileSync(
    properties,
    Object.entries(settings)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(''),
  );
  const child = spawn(
    path.join(spark.venv, 'bin', 'spark-class'),
    ['org.apache.spark.deploy.history.HistoryServer', '--properties-file', properties],
    {
      cwd: scratch,
      env: {
        PATH: process.env['PATH'] ?? '',
        ...(process.env['JAVA_HOME'] === undefined ? {} : { JAVA_HOME: process.env['JAVA_HOME'] }),
        // Spark's scripts find its files by the Python that has them.
        PYSPARK_PYTHON: spark.python,
        PYSPARK_DRIVER_PYTHON: spark.python,
        SPARK_CONF_DIR: spark.configuration,
        SPARK_LOCAL_IP: '127.0.0.1',
        SPARK_LOCAL_DIRS: scratch,
        SPARK_DAEMON_MEMORY: MEMORY,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
    process.off('exit', killWithUs);
    rmSync(scratch, { recursive: true, force: true });
  };

  const ended = gone.then(() => {
    throw new HistoryServerFailed(`Spark's history server did not start:\n${said}`);
  });
  try {
    await Promise.race([accepting(port, PATIENCE_MS).then(() => readOrEmpty(port, logs)), ended]);
  } catch (error) {
    await stop();
    throw error;
  }
  ended.catch(() => {});
  return { port, stop };
};

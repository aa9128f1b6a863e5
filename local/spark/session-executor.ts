import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { ExecutableSession, SessionExecutor } from '../connect/session-executor.ts';
import type { ExecutionLog, ExecutionOutcome, ExecutionSurroundings } from '../emulation/executions.ts';
import type { SessionCredentials } from '../sts/access-keys.ts';
import { connectJar } from './connect-jar.ts';
import { sparkEnvironment, submitOptions } from './environment.ts';
import { eventLogsOf } from './event-logs.ts';
import { noSpark } from './no-spark.ts';
import { workPaths, type SparkPaths } from './paths.ts';
import { installedSpark } from './installed-spark.ts';
import { runScript } from './script-process.ts';

export interface SparkSessionExecutorOptions {
  /** The local stack's data, `ATMO_LOCAL_DIR`. */
  readonly localDirectory: string;
  /** Credentials of a role. */
  readonly assume: (roleArn: string) => SessionCredentials;
  /** Where the local S3 is; `process.env` unless told otherwise. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const SERVER = path.join(import.meta.dirname, 'connect_server.py');

/** Several sessions may be open on one machine. */
const DRIVER_MEMORY = '512m';

/** Tells the port that the server prints, once. */
const listeningIn = (log: ExecutionLog, onListening: (port: number) => void): ExecutionLog => {
  let said = '';
  let isKnown = false;
  return {
    stderr: log.stderr,
    stdout(chunk) {
      log.stdout(chunk);
      if (isKnown) return;
      said += Buffer.from(chunk).toString();
      const [, port] = /^listening on (\d+)$/m.exec(said) ?? [];
      if (port === undefined) return;
      isKnown = true;
      onListening(Number(port));
    },
  };
};

/** Runs Spark's own Connect server for each session, with the Spark of the session's release. */
export const sparkSessionExecutor = (options: SparkSessionExecutorOptions): SessionExecutor => {
  const { steps } = workPaths(options.localDirectory);

  const serve = async (
    spark: SparkPaths,
    session: ExecutableSession,
    { environment, signal, log }: ExecutionSurroundings,
    onListening: (port: number) => void,
  ): Promise<ExecutionOutcome> => {
    const scratch = path.join(steps, `session-${session.id}`);
    rmSync(scratch, { recursive: true, force: true });
    mkdirSync(scratch, { recursive: true });
    const folders = { scratch, eventLogs: eventLogsOf(options.localDirectory, session.shownWith) };
    const { accessKeyId, secretAccessKey, sessionToken } = options.assume(session.roleArn);
    const jar = connectJar(spark);
    try {
      const exitCode = await runScript({
        file: path.join(spark.venv, 'bin', 'spark-submit'),
        args: [
          ['--driver-memory', DRIVER_MEMORY, ...submitOptions(folders)],
          ...(jar === null ? [] : [['--jars', jar]]),
          [SERVER],
        ].flat(),
        directory: scratch,
        environment: {
          ...sparkEnvironment(spark, folders, options.environment ?? process.env),
          ...environment,
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
          AWS_SESSION_TOKEN: sessionToken,
          PYSPARK_PYTHON: spark.python,
          PYTHONUTF8: '1',
          PYTHONDONTWRITEBYTECODE: '1',
        },
        signal,
        log: listeningIn(log, onListening),
      });
      return { executed: true, exitCode };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };

  return {
    async run(session, surroundings, onListening) {
      const spark = installedSpark(options.localDirectory, session.releaseLabel);
      if (spark === null) return { executed: false, reason: noSpark(session.releaseLabel) };
      return serve(spark, session, surroundings, onListening);
    },
  };
};

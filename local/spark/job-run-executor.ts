import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { ExecutableJobRun, JobRunExecutor } from '../emr-serverless/job-run-executor.ts';
import type { ExecutionOutcome, ExecutionSurroundings } from '../emulation/executions.ts';
import type { SessionCredentials } from '../sts/access-keys.ts';
import { eventLogsOf } from './event-logs.ts';
import { sparkEnvironment, submitOptions } from './environment.ts';
import { notExecutedOutcomes, type WriteFile } from './not-executed.ts';
import { noSpark } from './no-spark.ts';
import { SCRIPTS, workPaths, type SparkPaths } from './paths.ts';
import { installedSpark } from './installed-spark.ts';
import { runScript } from './script-process.ts';

export interface SparkJobRunExecutorOptions {
  /** The local stack's data, `ATMO_LOCAL_DIR`. */
  readonly localDirectory: string;
  /** Stores a file in the local S3, for the outcome of a run that this machine cannot execute. */
  readonly writeFile: WriteFile;
  /** Credentials of a role, narrowed by a policy. */
  readonly assume: (roleArn: string, policy: string | null) => SessionCredentials;
  /** Where the local S3 is; `process.env` unless told otherwise. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const ENTRY_POINT = path.join(SCRIPTS, 'serverless', 'run_notebook.py');
const OTHER_ENTRY_POINT = "only ATMO's own entry point runs on this machine";

/**
 * Runs drivers of job runs by the `spark-submit` of the release's Spark. Its settings are those of this machine: neither the
 * workers nor the archives of Python packages that a request names are here.
 */
export const sparkJobRunExecutor = (options: SparkJobRunExecutorOptions): JobRunExecutor => {
  const { steps } = workPaths(options.localDirectory);
  const storeNotExecuted = notExecutedOutcomes(options.writeFile);

  const submit = async (
    spark: SparkPaths,
    jobRun: ExecutableJobRun,
    { environment, signal, log }: ExecutionSurroundings,
  ): Promise<ExecutionOutcome> => {
    const scratch = path.join(steps, jobRun.id);
    rmSync(scratch, { recursive: true, force: true });
    mkdirSync(scratch, { recursive: true });
    const folders = { scratch, eventLogs: eventLogsOf(options.localDirectory, jobRun.id) };
    const { accessKeyId, secretAccessKey, sessionToken } = options.assume(jobRun.executionRoleArn, jobRun.policy);
    try {
      const exitCode = await runScript({
        file: path.join(spark.venv, 'bin', 'spark-submit'),
        args: [...submitOptions(folders), ENTRY_POINT, ...jobRun.arguments],
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
          // The stack's time may be ahead of the machine's; limits and times of a run go by the stack's.
          ATMO_NOW: String(Date.now() / 1000),
        },
        signal,
        log,
      });
      return { executed: true, exitCode };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };

  return {
    async run(jobRun, surroundings) {
      if (!jobRun.entryPoint.endsWith('/serverless/run_notebook.py')) {
        return { executed: false, reason: OTHER_ENTRY_POINT };
      }
      const spark = installedSpark(options.localDirectory, jobRun.releaseLabel);
      if (spark !== null) return submit(spark, jobRun, surroundings);
      const reason = noSpark(jobRun.releaseLabel);
      await storeNotExecuted(jobRun.arguments, `The notebook was not executed: ${reason}.`);
      return { executed: false, reason };
    },
  };
};

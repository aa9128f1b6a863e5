import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { ExecutableStep, ExecutingCluster, StepExecutor } from '../emr/step-executor.ts';
import type { ExecutionOutcome, ExecutionSurroundings } from '../emulation/executions.ts';
import { eventLogsOf } from './event-logs.ts';
import { sparkEnvironment } from './environment.ts';
import { noSpark } from './no-spark.ts';
import { notExecutedOutcomes, type WriteFile } from './not-executed.ts';
import { SCRIPTS, workPaths, type SparkPaths } from './paths.ts';
import { installedSpark } from './installed-spark.ts';
import { runScript } from './script-process.ts';

export interface SparkStepExecutorOptions {
  /** The local stack's data, `ATMO_LOCAL_DIR`. */
  readonly localDirectory: string;
  /** Stores a file in the local S3, for the outcome of a run that this machine cannot execute. */
  readonly writeFile: WriteFile;
  /** Where the local S3 is and the credentials for it; `process.env` unless told otherwise. */
  readonly environment?: Environment;
}

const NO_ZEPPELIN = 'there is no Zeppelin on this machine';
const OTHER_SCRIPT = "only ATMO's own step scripts run on this machine";

type Environment = Readonly<Record<string, string | undefined>>;

/** As on EMR, a run that has a secret gets to the portal's files by that alone, and its notebook not at all. */
const environmentOf = ({ args }: ExecutableStep, all: Environment): Environment => {
  if (!args.includes('--run-secret')) return all;
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, AWS_SESSION_TOKEN: _token, ...others } = all;
  return others;
};

const scriptOf = (step: ExecutableStep): string | null => {
  const location = step.args[0] ?? '';
  return step.jar.endsWith('script-runner.jar')
    ? (/\/steps\/(run-notebook|setup-zeppelin)\.sh$/.exec(location)?.[1] ?? null)
    : null;
};

/**
 * Runs the scripts of `emr/steps` with the Spark of the cluster's release on this machine, in place of YARN. Looks at
 * each step whether that is installed, so an installation while the stack runs is enough.
 */
export const sparkStepExecutor = (options: SparkStepExecutorOptions): StepExecutor => {
  const { steps } = workPaths(options.localDirectory);
  const storeNotExecuted = notExecutedOutcomes(options.writeFile);

  const runNotebook = async (
    spark: SparkPaths,
    step: ExecutableStep,
    cluster: Pick<ExecutingCluster, 'id'>,
    surroundings: ExecutionSurroundings,
  ): Promise<ExecutionOutcome> => {
    const scratch = path.join(steps, step.id);
    rmSync(scratch, { recursive: true, force: true });
    mkdirSync(scratch, { recursive: true });
    const folders = { scratch, eventLogs: eventLogsOf(options.localDirectory, cluster.id) };
    try {
      const exitCode = await runScript({
        file: path.join(SCRIPTS, 'steps', 'run-notebook.sh'),
        args: step.args.slice(1),
        directory: scratch,
        environment: {
          ...sparkEnvironment(spark, folders, environmentOf(step, options.environment ?? process.env)),
          ...surroundings.environment,
          // The stack's time may be ahead of the machine's; limits and times of a run go by the stack's.
          ATMO_NOW: String(Date.now() / 1000),
        },
        signal: surroundings.signal,
        log: surroundings.log,
      });
      return { executed: true, exitCode };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };

  return {
    async run(step, cluster, surroundings) {
      const { releaseLabel } = cluster;
      const script = scriptOf(step);
      if (script === null) return { executed: false, reason: OTHER_SCRIPT };
      if (script === 'setup-zeppelin') return { executed: false, reason: NO_ZEPPELIN };
      const spark = installedSpark(options.localDirectory, releaseLabel);
      if (spark !== null) return runNotebook(spark, step, cluster, surroundings);
      const reason = noSpark(releaseLabel);
      await storeNotExecuted(step.args.slice(1), `The notebook was not executed: ${reason}.`);
      return { executed: false, reason };
    },
  };
};

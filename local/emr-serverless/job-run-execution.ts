import { printedLog, type PrintedLog } from '../emulation/printed-log.ts';
import type { ExecutionOutcome } from '../emulation/executions.ts';
import type { LifeContext } from './life-context.ts';
import type { JobRunAlarm, JobRunRecord } from './records.ts';

interface Life {
  readonly later: (run: JobRunRecord, kind: JobRunAlarm['kind'], at: number, seconds: number) => void;
  readonly end: (run: JobRunRecord, state: 'SUCCESS' | 'FAILED', at: number, details: string) => void;
}

export interface JobRunExecution {
  begin(run: JobRunRecord, at: number): void;
  /** The end of a job run that no process stands for. */
  timeOver(run: JobRunRecord, at: number): void;
}

const NO_SPARK = 'Spark is not installed on this machine (npm run spark:install)';
const INTERNAL = 'Job run failed: an internal error occurred.';

const failedWith = (exitCode: number): string =>
  `Job failed, please check complete logs in configured logging destination. ExitCode: ${exitCode}.`;

/** Where the driver's log is, `s3://…` without a slash at the end; null where the request names no place. */
const driverLogs = ({ request, applicationId, id }: JobRunRecord): string | null => {
  const { logUri } = request.configurationOverrides?.monitoringConfiguration?.s3MonitoringConfiguration ?? {};
  return logUri === undefined
    ? null
    : `${logUri.replace(/\/+$/, '')}/applications/${applicationId}/jobs/${id}/SPARK_DRIVER`;
};

/** Runs drivers: by the executor where it can, otherwise by letting the time of a run that is not executed pass. */
export const jobRunExecution = (context: LifeContext, { later, end }: Life): JobRunExecution => {
  const { executor, executions, uploads, timings, place } = context;
  // Why the executor declined, for the log; lost by a restart, when the common reason stands in.
  const declined = new Map<string, string>();

  const keepLog = (run: JobRunRecord, log: PrintedLog): void => {
    const folder = driverLogs(run);
    const { stderr, stdout } = log.files();
    if (folder !== null) uploads.upload(folder, { stderr, stdout });
  };

  const executed = (run: JobRunRecord, log: PrintedLog, outcome: ExecutionOutcome): void => {
    if (run.state === 'RUNNING' && !outcome.executed) {
      declined.set(run.id, outcome.reason);
      later(run, 'ended', Date.now(), timings.runSeconds);
      return;
    }
    keepLog(run, log);
    if (run.state !== 'RUNNING') return;
    const exitCode = outcome.executed ? outcome.exitCode : 0;
    if (exitCode === 0) end(run, 'SUCCESS', Date.now(), '');
    else end(run, 'FAILED', Date.now(), failedWith(exitCode));
  };

  return {
    begin(run, at) {
      if (executor === null || run.plannedFailure !== null) {
        later(run, 'ended', at, timings.runSeconds);
        return;
      }
      const { sparkSubmit } = run.request.jobDriver;
      const log = printedLog();
      const execute = (signal: AbortSignal): Promise<ExecutionOutcome> =>
        executor.run(
          {
            id: run.id,
            releaseLabel: run.releaseLabel,
            entryPoint: sparkSubmit.entryPoint,
            arguments: sparkSubmit.entryPointArguments,
            sparkSubmitParameters: sparkSubmit.sparkSubmitParameters,
            executionRoleArn: run.request.executionRoleArn,
            policy: run.request.executionIamPolicy?.policy ?? null,
          },
          { environment: { AWS_REGION: place.region, AWS_DEFAULT_REGION: place.region }, signal, log },
        );
      executions.start(run.id, log, execute, (outcome) => executed(run, log, outcome));
    },

    timeOver(run, at) {
      const log = printedLog();
      if (run.plannedFailure !== null) {
        log.stderr(`This failure was ordered by the local control (failNext: ${run.plannedFailure}).\n`);
        keepLog(run, log);
        end(run, 'FAILED', at, run.plannedFailure === 'INTERNAL_ERROR' ? INTERNAL : failedWith(1));
        return;
      }
      log.stdout(`This job run was not executed: ${declined.get(run.id) ?? NO_SPARK}.\n`);
      declined.delete(run.id);
      keepLog(run, log);
      end(run, 'SUCCESS', at, '');
    },
  };
};

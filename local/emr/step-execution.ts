import type { ExecutionOutcome } from '../emulation/executions.ts';
import { printedLog, type PrintedLog } from '../emulation/printed-log.ts';
import type { ClusterRecord, StepRecord } from './cluster-record.ts';
import type { LifeContext } from './life-context.ts';
import { isRunnerJar } from './step-executor.ts';
import { stderrUri } from './step-logs.ts';

/** How a step ended. */
export interface StepEnd {
  readonly cluster: ClusterRecord;
  readonly step: StepRecord;
  readonly state: 'COMPLETED' | 'FAILED';
  readonly failure: StepRecord['failure'];
  readonly at: number;
}

export interface StepExecution {
  begin(cluster: ClusterRecord, step: StepRecord, at: number): void;
  /** The end of a step that no process stands for. */
  timeOver(cluster: ClusterRecord, step: StepRecord, at: number): void;
}

const NO_SPARK = 'Spark is not installed on this machine (npm run spark:install)';
const NO_HADOOP = 'only steps of script-runner.jar and command-runner.jar run on this machine';

/** Runs steps: by the executor where it can, otherwise by letting the time of a step that is not executed pass. */
export const stepExecution = (context: LifeContext, ended: (end: StepEnd) => void): StepExecution => {
  const { alarms, logs, processes, timings } = context;
  // Why the executor declined, for the step's log; lost by a restart, when the common reason stands in.
  const declined = new Map<string, string>();

  const waitInstead = (cluster: ClusterRecord, step: StepRecord, at: number): void => {
    alarms.set(cluster, { kind: 'stepEnded', at: at + timings.stepSeconds * 1000, stepId: step.id });
    context.store.save(cluster);
  };

  const failure = (cluster: ClusterRecord, step: StepRecord, message: string | null): StepRecord['failure'] => ({
    reason: 'Unknown Error.',
    message,
    logFile: stderrUri(cluster, step),
  });

  const processEnded = (cluster: ClusterRecord, step: StepRecord, log: PrintedLog, outcome: ExecutionOutcome): void => {
    const at = Date.now();
    if (step.state === 'RUNNING' && !outcome.executed) {
      declined.set(step.id, outcome.reason);
      waitInstead(cluster, step, at);
      return;
    }
    const exitCode = outcome.executed ? outcome.exitCode : 0;
    log.controller(`total process run time: ${Math.round((at - (step.startedAt ?? at)) / 1000)} seconds`, at);
    log.controller(`Step ${exitCode === 0 ? 'succeeded' : 'failed'} with exitCode ${exitCode}`, at);
    logs.step(cluster, step, log);
    if (step.state !== 'RUNNING') return;
    if (exitCode === 0) ended({ cluster, step, state: 'COMPLETED', failure: null, at });
    else ended({ cluster, step, state: 'FAILED', failure: failure(cluster, step, log.lastError()), at });
  };

  return {
    begin(cluster, step, at) {
      const { Jar, Args } = step.config.HadoopJarStep;
      if (processes === null || step.failurePlanned || !isRunnerJar(Jar)) {
        waitInstead(cluster, step, at);
        return;
      }
      const log = printedLog();
      log.controller(`startExec 'hadoop jar ${[Jar, ...Args].join(' ')}'`, at);
      processes.start(
        step.id,
        log,
        (signal) => processes.runStep(cluster, step, log, signal),
        (outcome) => processEnded(cluster, step, log, outcome),
      );
    },

    timeOver(cluster, step, at) {
      const log = printedLog();
      if (step.failurePlanned) {
        log.stderr('This failure was ordered by the local control (failNext: STEP_FAILURE).\n');
        log.controller('Step failed with exitCode 1', at);
        logs.step(cluster, step, log);
        ended({ cluster, step, state: 'FAILED', failure: failure(cluster, step, log.lastError()), at });
        return;
      }
      const reason = declined.get(step.id) ?? (isRunnerJar(step.config.HadoopJarStep.Jar) ? NO_SPARK : NO_HADOOP);
      declined.delete(step.id);
      log.stdout(`This step was not executed: ${reason}.\n`);
      log.controller('Step succeeded with exitCode 0', at);
      logs.step(cluster, step, log);
      ended({ cluster, step, state: 'COMPLETED', failure: null, at });
    },
  };
};

import type { ExecutionLog, ExecutionOutcome } from '../emulation/executions.ts';
import type { ClusterRecord, StepRecord } from './cluster-record.ts';
import type { StepExecutor } from './step-executor.ts';

/** Runs a step until it ends or the signal fires. */
export type RunStep = (
  cluster: ClusterRecord,
  step: StepRecord,
  log: ExecutionLog,
  signal: AbortSignal,
) => Promise<ExecutionOutcome>;

/** The executor with a step and its cluster as EMR's records have them. */
export const runStep =
  (executor: StepExecutor, region: string): RunStep =>
  (cluster, step, log, signal) => {
    const { Jar, MainClass, Args, Properties } = step.config.HadoopJarStep;
    return executor.run(
      {
        id: step.id,
        name: step.config.Name,
        jar: Jar,
        mainClass: MainClass ?? null,
        args: Args,
        properties: Object.fromEntries(Properties.map(({ Key, Value }) => [Key, Value])),
      },
      {
        id: cluster.id,
        name: cluster.request.Name,
        releaseLabel: cluster.request.ReleaseLabel ?? '',
        region,
        logUri: cluster.request.LogUri ?? null,
        tags: cluster.tags,
        instanceCount: cluster.instanceSets.reduce((count, set) => count + set.instances.length, 0),
      },
      { environment: { AWS_REGION: region, AWS_DEFAULT_REGION: region }, signal, log },
    );
  };

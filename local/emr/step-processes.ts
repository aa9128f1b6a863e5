import type { ClusterRecord, StepRecord } from './cluster-record.ts';
import type { StepExecutor, StepOutcome } from './step-executor.ts';
import type { CollectedLog } from './step-logs.ts';

export type OnProcessEnd = (outcome: StepOutcome) => void;

export interface StepProcesses {
  start(cluster: ClusterRecord, step: StepRecord, log: CollectedLog, onEnd: OnProcessEnd): void;
  isRunning(step: StepRecord): boolean;
  /** Asks a step's process to stop; its `onEnd` is called when it has. */
  stop(step: StepRecord): void;
  /** Resolves when none of these steps has a process any more. */
  gone(steps: readonly StepRecord[]): Promise<unknown>;
  /** Stops all without telling anybody, for a shutdown. */
  close(): Promise<void>;
}

/** Keeps the executions that are under way, one per step. */
export const stepProcesses = (executor: StepExecutor, region: string): StepProcesses => {
  const running = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();
  let closed = false;

  const execute = async (
    cluster: ClusterRecord,
    step: StepRecord,
    log: CollectedLog,
    signal: AbortSignal,
  ): Promise<StepOutcome> => {
    const { Jar, MainClass, Args, Properties } = step.config.HadoopJarStep;
    try {
      return await executor.run(
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
    } catch (error) {
      log.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
      return { executed: true, exitCode: 1 };
    }
  };

  return {
    start(cluster, step, log, onEnd) {
      const controller = new AbortController();
      const run = async (): Promise<void> => {
        const outcome = await execute(cluster, step, log, controller.signal);
        running.delete(step.id);
        if (!closed) onEnd(outcome);
      };
      running.set(step.id, { controller, done: run() });
    },
    isRunning: (step) => running.has(step.id),
    stop: (step) => running.get(step.id)?.controller.abort(),
    gone: (steps) => Promise.all(steps.flatMap((step) => running.get(step.id)?.done ?? [])),
    async close() {
      closed = true;
      for (const { controller } of running.values()) controller.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
};

/** How an execution ended. `executed: false` when this machine cannot run it: the service then counts it as completed. */
export type ExecutionOutcome =
  { readonly executed: true; readonly exitCode: number } | { readonly executed: false; readonly reason: string };

/** Takes what an execution prints, as it prints it. Never throws. */
export interface ExecutionLog {
  readonly stdout: (chunk: string | Uint8Array) => void;
  readonly stderr: (chunk: string | Uint8Array) => void;
}

/** The surroundings of one execution. */
export interface ExecutionSurroundings {
  /** Variables to set for its process, beyond what the executor itself needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Fired when the execution is cancelled, or this service shut down. */
  readonly signal: AbortSignal;
  readonly log: ExecutionLog;
}

export interface Executions {
  /** A rejection counts as a failure, its message goes to stderr. */
  start(
    id: string,
    log: ExecutionLog,
    run: (signal: AbortSignal) => Promise<ExecutionOutcome>,
    onEnd: (outcome: ExecutionOutcome) => void,
  ): void;
  isRunning(id: string): boolean;
  /** Asks an execution to stop; its `onEnd` is called when it has. */
  stop(id: string): void;
  /** Resolves when none of these is running any more. */
  gone(ids: readonly string[]): Promise<unknown>;
  /** Stops all without telling anybody, for a shutdown. */
  close(): Promise<void>;
}

/** Keeps the executions that are under way, by the id of what they execute. */
export const executions = (): Executions => {
  const running = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();
  let closed = false;

  return {
    start(id, log, run, onEnd) {
      const controller = new AbortController();
      const execute = async (): Promise<ExecutionOutcome> => {
        try {
          return await run(controller.signal);
        } catch (error) {
          log.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
          return { executed: true, exitCode: 1 };
        }
      };
      const followed = async (): Promise<void> => {
        const outcome = await execute();
        running.delete(id);
        if (!closed) onEnd(outcome);
      };
      running.set(id, { controller, done: followed() });
    },
    isRunning: (id) => running.has(id),
    stop: (id) => running.get(id)?.controller.abort(),
    gone: (ids) => Promise.all(ids.flatMap((id) => running.get(id)?.done ?? [])),
    async close() {
      closed = true;
      for (const { controller } of running.values()) controller.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
};

import type { ExecutionOutcome, ExecutionSurroundings } from '../emulation/executions.ts';

/** A session as its executor sees it. */
export interface ExecutableSession {
  readonly id: string;
  readonly releaseLabel: string;
  readonly roleArn: string;
  /** Whose Spark UI shows it: the session's own id, or its cluster's. */
  readonly shownWith: string;
}

/**
 * Runs the Spark Connect servers of sessions on this machine.
 *
 * The promise must settle soon after `signal` fires, with the process gone: a session stays TERMINATING until then. The
 * same session may be run again when this server was stopped meanwhile.
 */
export interface SessionExecutor {
  /** @param onListening is given the port of this machine on which Spark takes connections */
  run(
    session: ExecutableSession,
    surroundings: ExecutionSurroundings,
    onListening: (port: number) => void,
  ): Promise<ExecutionOutcome>;
}

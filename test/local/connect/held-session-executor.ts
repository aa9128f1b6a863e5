import type { ExecutableSession, SessionExecutor } from '../../../local/connect/session-executor.ts';
import type { ExecutionOutcome } from '../../../local/emulation/executions.ts';

/** An executor whose sessions listen and end when the test says so, or when they are stopped. */
export const heldSessionExecutor = () => {
  const begun: {
    session: ExecutableSession;
    listen: (port: number) => void;
    end: (outcome: ExecutionOutcome) => void;
  }[] = [];
  const sessionExecutor: SessionExecutor = {
    run: (session, { signal, log }, onListening) =>
      new Promise((resolve) => {
        log.stderr('Spark begins\n');
        begun.push({ session, listen: onListening, end: resolve });
        signal.addEventListener('abort', () => resolve({ executed: true, exitCode: 143 }));
      }),
  };
  return { sessionExecutor, begun };
};

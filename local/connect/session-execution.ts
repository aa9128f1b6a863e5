import { printedLog, type PrintedLog } from '../emulation/printed-log.ts';
import type { ExecutionOutcome } from '../emulation/executions.ts';
import type { ConnectSession } from './connect-session.ts';
import type { SessionAccess } from './session-access.ts';
import type { SessionHost, SessionKind } from './session-host.ts';

interface Life<Session> {
  readonly access: SessionAccess;
  readonly executable: SessionKind<Session & ConnectSession>['executable'];
  readonly started: (session: Session, at: number) => void;
  readonly failed: (session: Session, at: number, details: string) => void;
}

interface SessionExecution<Session> {
  begin(session: Session): void;
  /** Whether connections reach something: Spark, or the endpoint of a session that has none. */
  isListening(sessionId: string): boolean;
}

/** Runs the Spark Connect servers of sessions, by the executor. */
export const sessionExecution = <Session extends ConnectSession>(
  host: SessionHost<Session>,
  { access, executable, started, failed }: Life<Session>,
): SessionExecution<Session> => {
  const { sessionExecutor: executor, executions, faults, place } = host;
  const listening = new Set<string>();

  const ended = (session: Session, log: PrintedLog, outcome: ExecutionOutcome): void => {
    listening.delete(session.id);
    access.listening(session.id, null);
    if (session.state === 'TERMINATING') return;
    if (!outcome.executed && faults.sessionsWithoutSpark) {
      listening.add(session.id);
      started(session, Date.now());
      return;
    }
    const why = outcome.executed
      ? `Spark ended with exit code ${outcome.exitCode}. ${log.lastError() ?? ''}`.trim()
      : `${outcome.reason}.`;
    failed(session, Date.now(), `Session failed: ${why}`);
  };

  return {
    begin(session) {
      if (executor === null) return;
      const log = printedLog();
      const onListening = (port: number): void => {
        listening.add(session.id);
        access.listening(session.id, port);
        started(session, Date.now());
      };
      const environment = { AWS_REGION: place.region, AWS_DEFAULT_REGION: place.region };
      const execute = (signal: AbortSignal): Promise<ExecutionOutcome> =>
        executor.run(executable(session), { environment, signal, log }, onListening);
      executions.start(session.id, log, execute, (outcome) => ended(session, log, outcome));
    },
    isListening: (sessionId) => executor === null || listening.has(sessionId),
  };
};

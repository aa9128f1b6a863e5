import { printedLog, type PrintedLog } from '../emulation/printed-log.ts';
import type { ExecutionOutcome } from '../emulation/executions.ts';
import type { LifeContext } from './life-context.ts';
import type { SessionRecord } from './records.ts';
import type { SessionAccess } from './session-access.ts';

interface Life {
  readonly access: SessionAccess;
  readonly started: (session: SessionRecord, at: number) => void;
  readonly failed: (session: SessionRecord, state: 'FAILED', at: number, details: string) => void;
}

export interface SessionExecution {
  begin(session: SessionRecord): void;
  failAsPlanned(session: SessionRecord, at: number): void;
  /** Whether connections reach something: Spark, or the endpoint of a session that has none. */
  isListening(sessionId: string): boolean;
}

/** Runs the Spark Connect servers of sessions, by the executor. */
export const sessionExecution = (context: LifeContext, { access, started, failed }: Life): SessionExecution => {
  const { sessionExecutor: executor, executions, faults, place } = context;
  const listening = new Set<string>();

  const ended = (session: SessionRecord, log: PrintedLog, outcome: ExecutionOutcome): void => {
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
    failed(session, 'FAILED', Date.now(), `Session failed: ${why}`);
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
      const execute = (signal: AbortSignal): Promise<ExecutionOutcome> =>
        executor.run(
          {
            id: session.id,
            releaseLabel: session.releaseLabel,
            executionRoleArn: session.request.executionRoleArn,
          },
          { environment: { AWS_REGION: place.region, AWS_DEFAULT_REGION: place.region }, signal, log },
          onListening,
        );
      executions.start(session.id, log, execute, (outcome) => ended(session, log, outcome));
    },
    failAsPlanned(session, at) {
      failed(
        session,
        'FAILED',
        at,
        session.plannedFailure === 'INTERNAL_ERROR'
          ? 'Session failed: an internal error occurred.'
          : 'Session failed: the Spark driver did not start. This failure was ordered by the local control.',
      );
    },
    isListening: (sessionId) => executor === null || listening.has(sessionId),
  };
};

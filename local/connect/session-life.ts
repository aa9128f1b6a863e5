import { hasEnded, type ConnectSession, type SessionAlarm, type SessionState } from './connect-session.ts';
import { sessionAccess, type Access } from './session-access.ts';
import { sessionExecution } from './session-execution.ts';
import type { SessionHost, SessionKind } from './session-host.ts';

export interface SessionLife<Session> {
  /** Puts a session in a state, and keeps that. */
  enter(session: Session, state: SessionState, at: number, details?: string): void;
  /** Starts a submitted session. */
  begin(session: Session, at: number): void;
  fail(session: Session, at: number, details: string): void;
  /** Begins the end of a session that has not ended; nothing where it is ending already. */
  terminate(session: Session, at: number, because: string): void;
  /** Another token for a session; null while it takes no connections. */
  access(session: Session): Promise<Access | null>;
  onAlarm(session: Session, alarm: SessionAlarm): void;
  /** Runs again what a restart interrupted. */
  resume(at: number): void;
  close(): Promise<void>;
}

/** EMR ends every session a day after its start, on both engines. */
const MOST_SECONDS = 24 * 3600;

/** Seconds without a call after which a new session counts as idle. */
const IDLE_AFTER_SECONDS = 1;

/** States in which a session takes connections. */
const CONNECTABLE: ReadonlySet<SessionState> = new Set(['STARTED', 'IDLE', 'BUSY']);

/** Spark Connect sessions from their start to their end. */
export const sessionLife = <Session extends ConnectSession>(
  host: SessionHost<Session>,
  kind: SessionKind<Session>,
): SessionLife<Session> => {
  const { sessions, sessionAlarms: alarms } = host;

  const later = (session: Session, what: SessionAlarm['kind'], at: number, seconds: number): void => {
    alarms.set(session, { kind: what, at: at + seconds * 1000 });
    sessions.save(session);
  };

  const enter = (session: Session, state: SessionState, at: number, details = ''): void => {
    session.state = state;
    session.stateDetails = details;
    session.updatedAt = at;
    sessions.save(session);
  };

  const end = (session: Session, state: 'TERMINATED' | 'FAILED', at: number, details: string): void => {
    if (hasEnded(session)) return;
    alarms.clear(session);
    access.end(session.id);
    session.endedAt = at;
    enter(session, state, at, details);
    kind.onEnded(session, at);
  };

  const fail = (session: Session, at: number, details: string): void => end(session, 'FAILED', at, details);

  const idle = (session: Session, at: number): void => {
    session.idleSince = at;
    later(session, 'idleTimedOut', at, kind.idleMinutes(session) * 60);
    enter(session, 'IDLE', at);
  };

  const busy = (sessionId: string, isBusy: boolean): void => {
    const session = sessions.find(sessionId);
    if (session === null || host.closing || !CONNECTABLE.has(session.state)) return;
    alarms.clear(session, (alarm) => alarm.kind === 'idle' || alarm.kind === 'idleTimedOut');
    session.idleSince = null;
    if (isBusy) enter(session, 'BUSY', Date.now());
    else idle(session, Date.now());
  };

  const access = sessionAccess(kind.isAuthorizedById, busy);

  const started = (session: Session, at: number): void => {
    if (session.state !== 'STARTING') return;
    session.startedAt = at;
    later(session, 'expired', at, MOST_SECONDS);
    later(session, 'idle', at, IDLE_AFTER_SECONDS);
    enter(session, 'STARTED', at);
  };

  const { executable } = kind;
  const execution = sessionExecution(host, { access, executable, started, failed: fail });

  const terminate = (session: Session, at: number, because: string): void => {
    if (session.state === 'TERMINATING' || hasEnded(session)) return;
    alarms.clear(session);
    access.end(session.id);
    session.terminatedBecause = because;
    enter(session, 'TERMINATING', at, because);
    host.executions.stop(session.id);
    later(session, 'gone', at, kind.seconds().end);
  };

  const gone = async (session: Session, at: number): Promise<void> => {
    const isRunning = host.executions.isRunning(session.id);
    if (isRunning) await host.executions.gone([session.id]);
    if (!host.closing) end(session, 'TERMINATED', isRunning ? Date.now() : at, session.terminatedBecause ?? '');
  };

  return {
    enter,
    fail,
    terminate,
    begin(session, at) {
      enter(session, 'STARTING', at);
      if (kind.plannedFailure(session) !== null) later(session, 'failed', at, kind.seconds().start);
      else if (host.sessionExecutor === null) later(session, 'started', at, kind.seconds().start);
      else execution.begin(session);
    },
    async access({ id, state }) {
      const takesConnections = CONNECTABLE.has(state) && execution.isListening(id);
      return takesConnections ? access.mint(id) : null;
    },
    onAlarm(session, alarm) {
      const { at } = alarm;
      const actions: Record<SessionAlarm['kind'], () => unknown> = {
        started: () => started(session, at),
        failed: () => fail(session, at, kind.plannedFailure(session) ?? ''),
        idle: () => idle(session, at),
        idleTimedOut: () => terminate(session, at, `Session was idle for ${kind.idleMinutes(session)} minutes.`),
        expired: () => terminate(session, at, 'Session reached its maximum duration of 24 hours.'),
        gone: () => gone(session, at),
      };
      void actions[alarm.kind]();
    },
    resume(at) {
      for (const session of sessions.all().toReversed()) {
        const isKnown = (what: SessionAlarm['kind']): boolean => session.alarms.some((alarm) => alarm.kind === what);
        // Spark went with the server, and so did all calls.
        if (session.state === 'TERMINATING' && !isKnown('gone')) later(session, 'gone', at, 0);
        if (session.state === 'BUSY') idle(session, at);
        const hadSpark =
          CONNECTABLE.has(session.state) || (session.state === 'STARTING' && session.alarms.length === 0);
        if (hadSpark && host.sessionExecutor !== null) execution.begin(session);
      }
    },
    close: () => access.close(),
  };
};

import { fitsNow } from './capacity.ts';
import { newId } from './identifiers.ts';
import { enterSessionState, takePlannedFailure, type LifeContext } from './life-context.ts';
import {
  isFinal,
  type ApplicationRecord,
  type SessionAlarm,
  type SessionRecord,
  type SessionState,
} from './records.ts';
import type { SessionRequest } from './requests.ts';
import { sessionAccess, type Access } from './session-access.ts';
import { sessionExecution } from './session-execution.ts';
import { settingsOfSession, workersOf } from './workers.ts';

/** What a session needs of its application. */
interface Applications {
  start(application: ApplicationRecord, at: number): void;
  workChanged(application: ApplicationRecord, at: number): void;
}

export interface SessionLife {
  submit(application: ApplicationRecord, request: SessionRequest): SessionRecord;
  terminate(session: SessionRecord): void;
  /** Another token for a session; null while it takes no connections. */
  access(session: SessionRecord): Promise<Access | null>;
  /** Starts the sessions that waited for their application. Those without room fail: sessions do not queue. */
  advance(application: ApplicationRecord, at: number): void;
  onAlarm(session: SessionRecord, alarm: SessionAlarm): void;
  /** Runs again what a restart interrupted. */
  resume(at: number): void;
  close(): Promise<void>;
}

/** https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/spark-connect.html */
const MOST_SECONDS = 24 * 3600;

/** Seconds without a call after which a new session counts as idle. */
const IDLE_AFTER_SECONDS = 1;

/** States in which a session takes connections. */
const CONNECTABLE: ReadonlySet<SessionState> = new Set(['STARTED', 'IDLE', 'BUSY']);

/** Sessions from their submission to their end. @param onEnded lets others have the workers of a session that ended */
export const sessionLife = (
  context: LifeContext,
  applicationLife: () => Applications,
  onEnded: (application: ApplicationRecord, at: number) => void,
): SessionLife => {
  const { applications, sessions, sessionAlarms: alarms, timings, faults } = context;

  const later = (session: SessionRecord, kind: SessionAlarm['kind'], at: number, seconds: number): void => {
    alarms.set(session, { kind, at: at + seconds * 1000 });
    sessions.save(session);
  };

  const enter = (session: SessionRecord, state: SessionState, at: number, details = ''): void =>
    enterSessionState(context, session, { state, details, at });

  const end = (session: SessionRecord, state: 'TERMINATED' | 'FAILED', at: number, details: string): void => {
    if (isFinal(session)) return;
    alarms.clear(session);
    access.end(session.id);
    session.endedAt = at;
    enter(session, state, at, details);
    const application = applications.find(session.applicationId);
    if (application === null) return;
    onEnded(application, at);
    applicationLife().workChanged(application, at);
  };

  const idle = (session: SessionRecord, at: number): void => {
    session.idleSince = at;
    later(session, 'idleTimedOut', at, session.request.idleTimeoutMinutes * 60);
    enter(session, 'IDLE', at);
  };

  const busy = (sessionId: string, isBusy: boolean): void => {
    const session = sessions.find(sessionId);
    if (session === null || context.closing || !CONNECTABLE.has(session.state)) return;
    alarms.clear(session, ({ kind }) => kind === 'idle' || kind === 'idleTimedOut');
    session.idleSince = null;
    if (isBusy) enter(session, 'BUSY', Date.now());
    else idle(session, Date.now());
  };

  const access = sessionAccess(busy);

  const started = (session: SessionRecord, at: number): void => {
    if (session.state !== 'STARTING') return;
    session.startedAt = at;
    later(session, 'expired', at, MOST_SECONDS);
    later(session, 'idle', at, IDLE_AFTER_SECONDS);
    enter(session, 'STARTED', at);
  };

  const execution = sessionExecution(context, { access, started, failed: (...failure) => end(...failure) });

  const terminate = (session: SessionRecord, at: number, because: string): void => {
    alarms.clear(session);
    access.end(session.id);
    session.terminatedBecause = because;
    enter(session, 'TERMINATING', at, because);
    context.executions.stop(session.id);
    later(session, 'gone', at, timings.cancelSeconds);
  };

  const gone = async (session: SessionRecord, at: number): Promise<void> => {
    const isRunning = context.executions.isRunning(session.id);
    if (isRunning) await context.executions.gone([session.id]);
    if (!context.closing) end(session, 'TERMINATED', isRunning ? Date.now() : at, session.terminatedBecause ?? '');
  };

  const begin = (session: SessionRecord, at: number): void => {
    enter(session, 'STARTING', at);
    if (session.plannedFailure !== null) later(session, 'failed', at, timings.startSeconds);
    else if (context.sessionExecutor === null) later(session, 'started', at, timings.startSeconds);
    else execution.begin(session);
  };

  const advance = (application: ApplicationRecord, at: number): void => {
    if (application.state !== 'STARTED') return;
    const waiting = sessions
      .all()
      .filter(({ applicationId, state }) => applicationId === application.id && state === 'SUBMITTED');
    for (const session of waiting.toReversed()) {
      if (fitsNow(application, session.workers, context)) begin(session, at);
      else
        end(
          session,
          'FAILED',
          at,
          'The maximum capacity of the application is in use: it has no room for the session.',
        );
    }
  };

  return {
    submit(application, request) {
      const at = Date.now();
      const session: SessionRecord = {
        id: newId(),
        sequence: sessions.nextSequence(),
        applicationId: application.id,
        releaseLabel: application.request.releaseLabel,
        request,
        tags: { ...request.tags },
        state: 'SUBMITTED',
        stateDetails: '',
        createdAt: at,
        updatedAt: at,
        startedAt: null,
        endedAt: null,
        idleSince: null,
        workers: workersOf(settingsOfSession(request)),
        plannedFailure: takePlannedFailure(faults, 'SESSION_FAILURE'),
        terminatedBecause: null,
        alarms: [],
      };
      enter(session, 'SUBMITTED', at);
      applicationLife().start(application, at);
      applicationLife().workChanged(application, at);
      advance(application, at);
      return session;
    },
    terminate(session) {
      if (session.state !== 'TERMINATING') terminate(session, Date.now(), 'Session was terminated by request.');
    },
    async access({ id, state }) {
      const takesConnections = CONNECTABLE.has(state) && execution.isListening(id);
      return takesConnections ? access.mint(id) : null;
    },
    advance,
    onAlarm(session, { kind, at }) {
      const actions: Record<SessionAlarm['kind'], () => unknown> = {
        started: () => started(session, at),
        failed: () => execution.failAsPlanned(session, at),
        idle: () => idle(session, at),
        idleTimedOut: () =>
          terminate(session, at, `Session was idle for ${session.request.idleTimeoutMinutes} minutes.`),
        expired: () => terminate(session, at, 'Session reached its maximum duration of 24 hours.'),
        gone: () => gone(session, at),
      };
      void actions[kind]();
    },
    resume(at) {
      for (const session of sessions.all().toReversed()) {
        const isKnown = (kind: SessionAlarm['kind']): boolean => session.alarms.some((alarm) => alarm.kind === kind);
        // Spark went with the server, and so did all calls.
        if (session.state === 'TERMINATING' && !isKnown('gone')) later(session, 'gone', at, 0);
        if (session.state === 'BUSY') idle(session, at);
        const hadSpark =
          CONNECTABLE.has(session.state) || (session.state === 'STARTING' && session.alarms.length === 0);
        if (hadSpark && context.sessionExecutor !== null) execution.begin(session);
      }
    },
    close: () => access.close(),
  };
};

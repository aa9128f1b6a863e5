import type { AlarmClock } from '../emulation/alarm-clock.ts';
import type { Executions } from '../emulation/executions.ts';
import type { RecordStore } from '../emulation/record-store.ts';
import type { ConnectSession, SessionAlarm } from './connect-session.ts';
import type { ExecutableSession, SessionExecutor } from './session-executor.ts';

/** The service that sessions belong to. */
export interface SessionHost<Session extends ConnectSession> {
  readonly sessions: RecordStore<Session>;
  readonly sessionAlarms: AlarmClock<SessionAlarm, Session>;
  readonly executions: Executions;
  /** Null when none was given. */
  readonly sessionExecutor: SessionExecutor | null;
  readonly faults: SessionFaults;
  readonly place: { readonly region: string };
  readonly closing: boolean;
}

export interface SessionFaults {
  /** Sessions live without Spark behind them where it is not installed, instead of failing. */
  sessionsWithoutSpark: boolean;
}

/** What differs from service to service. */
export interface SessionKind<Session extends ConnectSession> {
  /** How long a session takes to start without Spark, and to end. */
  readonly seconds: () => { readonly start: number; readonly end: number };
  readonly idleMinutes: (session: Session) => number;
  readonly executable: (session: Session) => ExecutableSession;
  /** Why a session is to fail by an order of the local control; null otherwise. */
  readonly plannedFailure: (session: Session) => string | null;
  /** Whether the session's id is the `authorization` that its clients must send, too. */
  readonly isAuthorizedById: boolean;
  readonly onEnded: (session: Session, at: number) => void;
}

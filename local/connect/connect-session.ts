export const SESSION_STATES = [
  'SUBMITTED',
  'STARTING',
  'STARTED',
  'IDLE',
  'BUSY',
  'TERMINATING',
  'TERMINATED',
  'FAILED',
] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** `idle`: nothing was asked of a new session. `gone`: a terminated session has released what it used. */
export interface SessionAlarm {
  readonly kind: 'started' | 'failed' | 'idle' | 'idleTimedOut' | 'expired' | 'gone';
  readonly at: number;
}

/** What is held of a Spark Connect session wherever it runs; plain JSON, times in milliseconds since the epoch. */
export interface ConnectSession {
  readonly id: string;
  readonly sequence: number;
  state: SessionState;
  stateDetails: string;
  readonly createdAt: number;
  updatedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  idleSince: number | null;
  /** Why a terminated session ends, for its details. */
  terminatedBecause: string | null;
  alarms: SessionAlarm[];
}

/** A session that was just submitted. */
export const newlySubmitted = (at: number) =>
  ({
    state: 'SUBMITTED',
    stateDetails: '',
    createdAt: at,
    updatedAt: at,
    startedAt: null,
    endedAt: null,
    idleSince: null,
    terminatedBecause: null,
  }) as const;

export const hasEnded = ({ state }: Pick<ConnectSession, 'state'>): boolean =>
  state === 'TERMINATED' || state === 'FAILED';

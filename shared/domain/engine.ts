import { beginningOf } from './bounded-text.ts';

/** The phases of a workload, in order, on any engine. `waiting`: not launched yet. */
export const PHASES = ['waiting', 'starting', 'running', 'ending', 'ended'] as const;
export type Phase = (typeof PHASES)[number];

/** `interactive`: people connect to it, and it is ready when it is idle. `batch`: it ends with its work. */
export type WorkloadUse = 'interactive' | 'batch';

/** How a workload ended, independent of the engine. */
export type Ending = 'completed' | 'stopped' | 'failed';

export interface StatusReason {
  readonly code: string;
  readonly message: string;
}

/** Bytes of a reason's message: an item holds several, and DynamoDB limits it to 400 kB. */
const MAX_REASON_BYTES = 1000;

/** A reason in words of AWS or of a notebook, whose length nobody else bounds. */
export const statusReason = (code: string, message: string): StatusReason => ({
  code,
  message: beginningOf(message, MAX_REASON_BYTES),
});

/**
 * What executes a workload, each with EMR's own states in the order of a life. Another engine is another row here, and an
 * adapter of the port `EmrEngine`.
 */
const TABLE = {
  cluster: {
    /** API reference, ClusterStatus. */
    phases: {
      STARTING: 'starting',
      BOOTSTRAPPING: 'starting',
      RUNNING: 'running',
      WAITING: 'running',
      TERMINATING: 'ending',
      TERMINATED: 'ended',
      TERMINATED_WITH_ERRORS: 'ended',
    },
    /** The first state of an accepted launch. */
    first: 'STARTING',
    ready: { interactive: 'WAITING', batch: 'RUNNING' },
    ending: 'TERMINATING',
    ended: { stopped: 'TERMINATED', failed: 'TERMINATED_WITH_ERRORS' },
    /** The state and, if any, the reason code of a workload that completed its work. */
    completed: { state: 'TERMINATED', reason: 'ALL_STEPS_COMPLETED' },
    isServerless: false,
  },
  /** A job run on EMR Serverless (API reference, JobRun). */
  serverless: {
    phases: {
      SUBMITTED: 'starting',
      QUEUED: 'starting',
      PENDING: 'starting',
      SCHEDULED: 'starting',
      RUNNING: 'running',
      CANCELLING: 'ending',
      SUCCESS: 'ended',
      FAILED: 'ended',
      CANCELLED: 'ended',
    },
    first: 'SUBMITTED',
    ready: null,
    ending: 'CANCELLING',
    ended: { stopped: 'CANCELLED', failed: 'FAILED' },
    completed: { state: 'SUCCESS', reason: null },
    isServerless: true,
  },
  /** A Spark Connect session (API reference, SessionState): on EMR Serverless, and those on clusters have the same states. */
  connect: {
    phases: {
      SUBMITTED: 'starting',
      STARTING: 'starting',
      STARTED: 'running',
      IDLE: 'running',
      BUSY: 'running',
      TERMINATING: 'ending',
      TERMINATED: 'ended',
      FAILED: 'ended',
    },
    first: 'SUBMITTED',
    ready: null,
    ending: 'TERMINATING',
    ended: { stopped: 'TERMINATED', failed: 'FAILED' },
    /** A session has no work of its own to complete. */
    completed: null,
    isServerless: true,
  },
} as const;

export type Engine = keyof typeof TABLE;
export const ENGINES = Object.keys(TABLE) as [Engine, ...Engine[]];

/** What may execute a run of a Spark job. */
export const RUN_ENGINES = ['cluster', 'serverless'] as const satisfies readonly Engine[];
export type RunEngine = (typeof RUN_ENGINES)[number];

type StatesOf<Row> = Row extends { readonly phases: infer Phases } ? keyof Phases : never;

/** A state of EMR. */
export type EmrState = StatesOf<(typeof TABLE)[Engine]>;

/** `LAUNCHING`: claimed by us, not yet known to EMR. */
export type WorkloadStatus = 'LAUNCHING' | EmrState;

interface EngineRow {
  readonly phases: Readonly<Record<string, Phase>>;
  readonly first: EmrState;
  /** Null: in any running state. */
  readonly ready: Readonly<Record<WorkloadUse, EmrState>> | null;
  readonly ending: EmrState;
  readonly ended: Readonly<Record<'stopped' | 'failed', EmrState>>;
  readonly completed: { readonly state: EmrState; readonly reason: string | null } | null;
  /** Without nodes: there is no address of a primary one, and AWS tells the dollars after the end instead of normalized hours. */
  readonly isServerless: boolean;
}

export const engineStates = (engine: Engine): EngineRow => TABLE[engine];

export const statesOf = <Of extends Engine>(engine: Of): readonly StatesOf<(typeof TABLE)[Of]>[] =>
  Object.keys(TABLE[engine].phases) as StatesOf<(typeof TABLE)[Of]>[];

/** The phase of a state of this engine. */
export const phaseOfState = (engine: Engine, state: EmrState): Phase => engineStates(engine).phases[state] as Phase;

/** Whether a workload is ready in a state. */
export const isReadyState = (engine: Engine, use: WorkloadUse, state: EmrState): boolean => {
  const { ready } = engineStates(engine);
  return ready === null ? phaseOfState(engine, state) === 'running' : state === ready[use];
};

/** How a workload with this last state and reason ended; null while it is active. */
export const endingOf = (engine: Engine, status: WorkloadStatus, reason: StatusReason | null): Ending | null => {
  if (status === 'LAUNCHING' || phaseOfState(engine, status) !== 'ended') return null;
  const { ended, completed } = engineStates(engine);
  if (status === ended.failed) return 'failed';
  if (completed === null) return 'stopped';
  const isCompleted = status === completed.state && (completed.reason === null || reason?.code === completed.reason);
  return isCompleted ? 'completed' : 'stopped';
};

/**
 * Whether EMR can go from one state to the other. Running states alternate; all others only move
 * forward, and a final state never changes. Needed because events arrive out of order.
 */
export const mayFollow = (engine: Engine, from: WorkloadStatus, to: EmrState): boolean => {
  if (from === to) return false;
  if (from === 'LAUNCHING') return true;
  const [before, after] = [phaseOfState(engine, from), phaseOfState(engine, to)];
  if (before === 'ended') return false;
  if (before === 'running' && after === 'running') return true;
  const states: readonly EmrState[] = statesOf(engine);
  return states.indexOf(to) > states.indexOf(from);
};

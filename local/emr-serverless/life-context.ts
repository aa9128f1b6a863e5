import type { SessionAlarm } from '../connect/connect-session.ts';
import type { SessionExecutor } from '../connect/session-executor.ts';
import type { SessionFaults } from '../connect/session-host.ts';
import type { AlarmClock } from '../emulation/alarm-clock.ts';
import { noCallFaults, type CallFaults } from '../emulation/call-gate.ts';
import type { Executions } from '../emulation/executions.ts';
import type { LogUploads } from '../emulation/log-uploads.ts';
import type { BusEvent } from '../events/event-bus.ts';
import type { Place } from './arns.ts';
import { applicationEvent, jobRunEvent } from './events.ts';
import type { JobRunExecutor } from './job-run-executor.ts';
import type {
  ApplicationAlarm,
  ApplicationRecord,
  ApplicationState,
  JobRunAlarm,
  JobRunRecord,
  JobRunState,
  PlannedFailure,
  SessionRecord,
  Stores,
} from './records.ts';

/** How long the parts of a life take, in seconds. */
export interface Timings {
  applicationSeconds: number;
  /** From the moment that a job run has its turn until its driver runs; of a session without Spark, until it is started. */
  startSeconds: number;
  /** How long a job run takes that is not executed. */
  runSeconds: number;
  cancelSeconds: number;
}

// On AWS a job run starts within a minute or two; short here, long enough that a person sees each state.
export const DEFAULT_TIMINGS: Timings = { applicationSeconds: 1, startSeconds: 2, runSeconds: 1, cancelSeconds: 1 };

/** The faults in force; held in memory only, so a restart ends them. */
export interface Faults extends CallFaults, SessionFaults {
  /** So many calls that change something are carried out, and their connection is closed without an answer. */
  loseAnswers: number;
  failNext: PlannedFailure | null;
  loseEvents: boolean;
}

export const noFaults = (): Faults => ({
  ...noCallFaults(),
  loseAnswers: 0,
  failNext: null,
  loseEvents: false,
  sessionsWithoutSpark: false,
});

/** The failure planned for what is launched now, which uses it up. */
export const takePlannedFailure = (faults: Faults, own: 'JOB_FAILURE' | 'SESSION_FAILURE'): PlannedFailure | null => {
  const planned = faults.failNext;
  if (planned !== own && planned !== 'INTERNAL_ERROR') return null;
  faults.failNext = null;
  return planned;
};

/** What the parts of a life share. */
export interface LifeContext extends Stores {
  readonly applicationAlarms: AlarmClock<ApplicationAlarm, ApplicationRecord>;
  readonly jobRunAlarms: AlarmClock<JobRunAlarm, JobRunRecord>;
  readonly sessionAlarms: AlarmClock<SessionAlarm, SessionRecord>;
  readonly timings: Timings;
  readonly faults: Faults;
  readonly uploads: LogUploads;
  readonly executions: Executions;
  /** Null when none was given. */
  readonly executor: JobRunExecutor | null;
  readonly sessionExecutor: SessionExecutor | null;
  readonly place: Place;
  readonly publish: (event: BusEvent) => void;
  closing: boolean;
}

/** Puts an application in a state, keeps that and tells EventBridge. */
export const enterApplicationState = (
  context: LifeContext,
  application: ApplicationRecord,
  state: ApplicationState,
  at: number,
): void => {
  const before = application.state;
  application.state = state;
  application.updatedAt = at;
  context.applications.save(application);
  if (!context.faults.loseEvents) context.publish(applicationEvent(context.place, application, before, at));
};

/** The same for a job run. */
export const enterJobRunState = (
  context: LifeContext,
  run: JobRunRecord,
  { state, details, at }: { readonly state: JobRunState; readonly details: string; readonly at: number },
): void => {
  const before = run.state;
  run.state = state;
  run.stateDetails = details;
  run.updatedAt = at;
  context.jobRuns.save(run);
  if (!context.faults.loseEvents) context.publish(jobRunEvent(context.place, run, before, at));
};

import type { Instant } from '../domain/instant.ts';
import type { Parameters } from '../domain/parameters.ts';
import type { RunOutcome, RunTrigger } from '../domain/run.ts';

/**
 * The run-job workflow's seam: what an execution is started with, what each task gets and answers, and the names that
 * the definition, the handlers and the tests share.
 */

/** An execution's input. Scheduler fills in `<aws.scheduler.scheduled-time>` for the occurrence. */
export interface RunJobRequest {
  readonly jobId: string;
  readonly identifier: string;
  readonly trigger: RunTrigger;
  /** ISO 8601 in UTC; Scheduler sends it without milliseconds. */
  readonly occurrence: Instant;
  /** Parameters of this run only; null for the job's. */
  readonly parameters: Parameters | null;
}

export const SCHEDULED_TIME_PLACEHOLDER = '<aws.scheduler.scheduled-time>';

/** Every state of the workflow, in the order of the flow. */
export const RUN_JOB_STATES = {
  begin: 'Begin without a wait',
  getJob: 'Get the job',
  jobNotFound: 'Job not found',
  whatNext: 'What is next?',
  recordDisabled: 'Record that the job is disabled',
  notifyPreviousTimedOut: 'Notify the owner: previous run timed out',
  terminatePreviousRun: 'Terminate the previous run',
  mayWaitLonger: 'May wait longer?',
  waitForPreviousRun: 'Wait 10 minutes',
  countWait: 'Count the wait',
  recordMissed: 'Record the run as missed',
  notYetDue: 'Not yet due',
  removeSchedule: 'Remove the schedule',
  markExpired: 'Mark expired and mail the owner',
  provisionRun: 'Provision a cluster',
  isLaunched: 'Launched?',
  waitForTurn: 'Wait for its turn to be launched',
  alreadyStarted: 'Another execution started this run',
  awaitOutcome: 'Await the outcome',
  notifyTimedOut: 'Notify the owner: run timed out',
  terminateRun: 'Terminate the run',
  recordOutcome: 'Record the outcome',
} as const;

/** Waiting 10 minutes at most this often (over 25 hours): longer than any run may take. About 20 history events each. */
export const MAX_WAITS = 155;
export const WAIT_SECONDS = 600;

/** Errors that the tasks throw and the definition names in Retry and Catch. */
export const RUN_JOB_ERRORS = {
  notFound: 'NotFound',
  throttled: 'AwsThrottled',
  awsFailed: 'AwsFailed',
  staleWrite: 'StaleWrite',
} as const;

/** What the decisions look at. */
export interface JobState {
  /** For executions that began before ADR 0063: they keep their definition. */
  readonly hasRun: boolean;
  /** The latest run's id; an empty string where there is none. */
  readonly runId: string;
  readonly isEnabled: boolean;
  readonly isRunnable: boolean;
  readonly hasTimedOut: boolean;
  readonly due: 'due' | 'notYetDue' | 'pastEnd';
}

export interface ProvisionedRun {
  /** `launched` also where it is unsure whether EMR took the launch: the sweep finds out while the outcome is awaited. */
  readonly result: 'waiting' | 'launched' | 'refused' | 'alreadyStarted';
  readonly runId: string;
  /** Until the run's timeout; the limit of the wait for its outcome. At least 60. */
  readonly timeoutSeconds: number;
  /** Until its turn to be launched; 0 unless it waits for that. */
  readonly waitSeconds: number;
}

/** Each task's payload apart from `task` itself, and its answer. */
export interface RunJobTasks {
  getJob: { input: { request: RunJobRequest }; output: JobState };
  /** Of the same executions: what `getJob` does too. */
  syncRun: { input: { request: RunJobRequest }; output: JobState };
  recordDisabled: { input: { request: RunJobRequest }; output: Record<string, never> };
  recordMissed: { input: { request: RunJobRequest; executionId: string }; output: Record<string, never> };
  notifyTimedOut: { input: { request: RunJobRequest; runId: string }; output: Record<string, never> };
  terminateRun: { input: { request: RunJobRequest; runId: string }; output: Record<string, never> };
  removeSchedule: { input: { request: RunJobRequest }; output: Record<string, never> };
  markExpired: { input: { request: RunJobRequest }; output: Record<string, never> };
  provisionRun: { input: { request: RunJobRequest; executionId: string }; output: ProvisionedRun };
  /** Stores the token and answers nothing: `SendTaskSuccess` with `AwaitedOutcome` completes the state. */
  awaitOutcome: { input: { request: RunJobRequest; runId: string; taskToken: string }; output: Record<string, never> };
  recordOutcome: { input: { request: RunJobRequest; runId: string }; output: AwaitedOutcome };
}

export interface AwaitedOutcome {
  readonly runId: string;
  readonly outcome: RunOutcome;
}

export type RunJobTask = keyof RunJobTasks;

/** The payload of a task's Lambda invocation. */
export type RunJobEvent = {
  [Task in RunJobTask]: { readonly task: Task; readonly executionId: string } & RunJobTasks[Task]['input'];
}[RunJobTask];

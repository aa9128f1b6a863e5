import { AwsError } from '../aws-json.ts';
import type { Activity } from '../activity.ts';
import type { InvokeAsync } from '../async-invoke.ts';
import type { Schedule } from './schedule.ts';

/** One occurrence on its way to its target. */
export interface Delivery {
  readonly schedule: Schedule;
  /** Milliseconds since the epoch. */
  readonly scheduledTime: number;
  readonly executionId: string;
}

/** Sends an occurrence on its way; what becomes of it is up to the schedule's retry policy. */
export type DeliverToTarget = (delivery: Delivery) => void;

interface Targets {
  readonly invoke: InvokeAsync;
  /** Starts an execution of a state machine. @throws AwsError */
  readonly startExecution: (machineArn: string, name: string | undefined, input: string) => unknown;
}

const UNIVERSAL_START_EXECUTION = /^arn:aws[a-z-]*:scheduler:::aws-sdk:sfn:startExecution$/;

/** Between two attempts: exponential, as the service documents it. */
const backoff = (attempt: number): number => Math.min(1000 * 2 ** attempt, 15 * 60_000);

/**
 * Delivers occurrences to Lambda functions and state machines.
 * @param report gets one line for each failed attempt
 */
export const targetDelivery =
  ({ invoke, startExecution }: Targets, activity: Activity, report: (line: string) => void): DeliverToTarget =>
  (delivery) => {
    const { Target, Arn } = delivery.schedule;
    const attempt = (count: number): void => {
      const input = fillIn(Target.Input ?? '{}', delivery, count + 1);
      try {
        callTarget({ invoke, startExecution }, Target.Arn, input);
      } catch (error) {
        const age = (Date.now() - delivery.scheduledTime) / 1000;
        const { MaximumEventAgeInSeconds, MaximumRetryAttempts } = Target.RetryPolicy;
        const mayRetry = isTransient(error) && count < MaximumRetryAttempts && age < MaximumEventAgeInSeconds;
        const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        report(`Schedule ${Arn}: ${cause}${mayRetry ? '' : `; given up, input ${input}`}`);
        if (mayRetry) setTimeout(() => attempt(count + 1), backoff(count));
      }
    };
    void activity.track(async () => attempt(0));
  };

const callTarget = ({ invoke, startExecution }: Targets, targetArn: string, input: string): void => {
  if (/:lambda:[^:]*:\d*:function:/.test(targetArn)) return invoke(targetArn, JSON.parse(input));
  if (/:states:[^:]*:\d*:stateMachine:/.test(targetArn)) {
    startExecution(targetArn, undefined, input);
    return;
  }
  if (UNIVERSAL_START_EXECUTION.test(targetArn)) {
    const { StateMachineArn, Name, Input } = JSON.parse(input) as Record<string, string | undefined>;
    startExecution(StateMachineArn ?? '', Name, Input ?? '{}');
    return;
  }
  throw new AwsError('ValidationException', `Targets of ${targetArn} are not served locally.`);
};

/** What the service was told wrongly stays wrong; anything else may pass. */
const isTransient = (error: unknown): boolean => !(error instanceof AwsError) || error.status >= 500;

/** Fills in Scheduler's context attributes. */
const fillIn = (input: string, { schedule, scheduledTime, executionId }: Delivery, attempt: number): string =>
  input
    .replaceAll('<aws.scheduler.schedule-arn>', schedule.Arn)
    .replaceAll('<aws.scheduler.scheduled-time>', new Date(scheduledTime).toISOString().replace(/\.\d+Z$/, 'Z'))
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));

import * as z from 'zod';

import { AwsError } from '../aws-json.ts';
import { readExpression, type Recurrence } from './schedule-expression.ts';

const NAME = /^[0-9a-zA-Z-_.]{1,64}$/;
/** Seconds since the epoch, as the protocol has it. */
const timestamp = z.number();
/** A schedule knows no parts of a second. */
const wholeSeconds = z.number().transform(Math.floor);

/** What `CreateSchedule` and `UpdateSchedule` take. */
export const ScheduleInput = z.object({
  ScheduleExpression: z.string().min(1).max(256),
  ScheduleExpressionTimezone: z.string().min(1).max(50).default('UTC'),
  StartDate: wholeSeconds.optional(),
  EndDate: wholeSeconds.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Description: z.string().max(512).optional(),
  KmsKeyArn: z.string().optional(),
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  FlexibleTimeWindow: z.discriminatedUnion('Mode', [
    z.object({ Mode: z.literal('OFF') }),
    z.object({ Mode: z.literal('FLEXIBLE'), MaximumWindowInMinutes: z.int().min(1).max(1440) }),
  ]),
  Target: z.object({
    Arn: z.string().min(1).max(1600),
    RoleArn: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/),
    Input: z.string().min(1).optional(),
    DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
    RetryPolicy: z
      .object({
        MaximumEventAgeInSeconds: z.int().min(60).max(86_400).default(86_400),
        MaximumRetryAttempts: z.int().min(0).max(185).default(185),
      })
      .default({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 }),
  }),
});

export const Schedule = ScheduleInput.extend({
  Name: z.string(),
  GroupName: z.string(),
  Arn: z.string(),
  CreationDate: timestamp,
  LastModificationDate: timestamp,
  /** Occurrences up to here, in milliseconds, are dealt with. */
  dealtWithUntil: z.number(),
});
export type Schedule = Readonly<z.infer<typeof Schedule>>;

/** @throws AwsError as Scheduler refuses such input */
export const readScheduleInput = (input: unknown, now: number): z.infer<typeof ScheduleInput> => {
  const { data, error } = ScheduleInput.safeParse(input);
  if (error) {
    const problems = error.issues.map(
      ({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`,
    );
    throw new AwsError(
      'ValidationException',
      `${problems.length} validation error${problems.length > 1 ? 's' : ''} detected: ${problems.join('; ')}`,
    );
  }
  const { StartDate, EndDate, Target } = data;
  const { isOneTime } = readExpression(data.ScheduleExpression, data.ScheduleExpressionTimezone, now);
  if (!isOneTime && StartDate !== undefined && StartDate * 1000 < now - 5 * 60_000) {
    throw new AwsError('ValidationException', 'The StartDate you specify cannot be earlier than 5 minutes ago.');
  }
  if (!isOneTime && EndDate !== undefined && EndDate * 1000 <= now) {
    throw new AwsError('ValidationException', 'The EndDate you specify cannot be in the past.');
  }
  if (StartDate !== undefined && EndDate !== undefined && EndDate <= StartDate) {
    throw new AwsError('ValidationException', 'The StartDate you specify must come before the EndDate.');
  }
  if (Target.Input !== undefined && !isJson(Target.Input)) {
    throw new AwsError('ValidationException', 'Invalid request provided: Input must be valid JSON.');
  }
  return data;
};

export const checkName = (field: string, name: string): string => {
  if (NAME.test(name)) return name;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${name}' at '${field}' failed to satisfy constraint: ` +
      `Member must satisfy regular expression pattern: ${NAME.source}`,
  );
};

/** Placeholders such as `<aws.scheduler.scheduled-time>` stand within strings, so the text is JSON before they are filled. */
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A new schedule's first minute has begun already: Scheduler is exact to a minute, not to a second. */
export const startOfMinute = (time: number): number => time - (time % 60_000);

export const recurrenceOf = (schedule: Schedule): Recurrence =>
  readExpression(
    schedule.ScheduleExpression,
    schedule.ScheduleExpressionTimezone,
    (schedule.StartDate ?? schedule.LastModificationDate) * 1000,
  );

/** The next time it fires after the given one; null where its window has closed or it never fires again. */
export const nextOccurrence = (schedule: Schedule, after: number): number | null => {
  const recurrence = recurrenceOf(schedule);
  if (recurrence.isOneTime) return recurrence.next(after);
  const opens = (schedule.StartDate ?? 0) * 1000;
  const next = recurrence.next(Math.max(after, opens - 1));
  return next !== null && (schedule.EndDate === undefined || next < schedule.EndDate * 1000) ? next : null;
};

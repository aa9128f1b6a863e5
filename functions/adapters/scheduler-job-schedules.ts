import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  paginateListSchedules,
  SchedulerClient,
  UpdateScheduleCommand,
  type CreateScheduleCommandInput,
} from '@aws-sdk/client-scheduler';

import type { Setting } from '../../shared/contract/environment.ts';
import { SCHEDULED_TIME_PLACEHOLDER, type RunJobRequest } from '../../shared/contract/run-job.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { JobSchedules } from '../ports/job-schedules.ts';
import { systemClock, type Clock } from '../runtime/clock.ts';
import { awsErrorOf, fromAws, isAwsError } from './aws-errors.ts';
import { requestHandler } from './request-handler.ts';

export const PUT_SCHEDULE_SETTINGS = [
  'scheduleGroup',
  'stateMachineArn',
  'scheduleRoleArn',
  'scheduleDeadLetterArn',
] as const satisfies readonly Setting[];

export type JobScheduleSettings = Readonly<Record<(typeof PUT_SCHEDULE_SETTINGS)[number], string>>;

/** A delivery that fails is repeated for a day: late is better than never, and the occurrence tells it from the next. */
const RETRY_POLICY = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };

const requestOf = ({ id, identifier }: SparkJob): RunJobRequest => ({
  jobId: id,
  identifier,
  trigger: 'schedule',
  occurrence: SCHEDULED_TIME_PLACEHOLDER,
  parameters: null,
});

/** What time it is that the schedule fires. A rate begins with its start date and counts from there. */
const timing = ({ schedule, startDate }: SparkJob, nextOccurrence: Instant, now: Instant) =>
  schedule.type === 'interval'
    ? { ScheduleExpression: `rate(${schedule.hours} hours)`, StartDate: new Date(nextOccurrence) }
    : {
        ScheduleExpression: `cron(${schedule.expression.trim().split(/\s+/).join(' ')})`,
        ScheduleExpressionTimezone: schedule.timeZone,
        // Scheduler refuses a start in the past.
        ...(startDate > now ? { StartDate: new Date(startDate) } : {}),
      };

export const schedulerJobSchedules = (
  settings: JobScheduleSettings,
  {
    client = new SchedulerClient({ requestHandler }),
    clock = systemClock,
  }: { client?: SchedulerClient; clock?: Clock } = {},
): JobSchedules => {
  const scheduleOf = (job: SparkJob, nextOccurrence: Instant): CreateScheduleCommandInput => ({
    Name: job.id,
    GroupName: settings.scheduleGroup,
    Description: `Spark job ${job.identifier}`,
    ...timing(job, nextOccurrence, clock.now()),
    // An occurrence at the very end still counts.
    ...(job.endDate === null ? {} : { EndDate: new Date(Date.parse(job.endDate) + 1000) }),
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    Target: {
      Arn: settings.stateMachineArn,
      RoleArn: settings.scheduleRoleArn,
      Input: JSON.stringify(requestOf(job)),
      RetryPolicy: RETRY_POLICY,
      DeadLetterConfig: { Arn: settings.scheduleDeadLetterArn },
    },
  });

  return {
    async put(job, nextOccurrence) {
      const schedule = scheduleOf(job, nextOccurrence);
      try {
        await client.send(new CreateScheduleCommand(schedule));
      } catch (error) {
        if (!isAwsError(error, 'ConflictException')) throw awsErrorOf('EventBridge Scheduler', error);
        await fromAws('EventBridge Scheduler', client.send(new UpdateScheduleCommand(schedule)));
      }
    },

    async scheduledJobs() {
      const read = async (): Promise<Set<string>> => {
        const ids = new Set<string>();
        for await (const { Schedules = [] } of paginateListSchedules({ client }, { GroupName: settings.scheduleGroup }))
          for (const { Name } of Schedules) if (Name !== undefined) ids.add(Name);
        return ids;
      };
      return fromAws('EventBridge Scheduler', read());
    },

    async remove({ id }) {
      try {
        await client.send(new DeleteScheduleCommand({ Name: id, GroupName: settings.scheduleGroup }));
      } catch (error) {
        if (!isAwsError(error, 'ResourceNotFoundException')) throw awsErrorOf('EventBridge Scheduler', error);
      }
    },
  };
};

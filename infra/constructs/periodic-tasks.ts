import { Aws, Duration, RemovalPolicy, TimeZone } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { PERIODIC_TASKS, periodOf, type PeriodicEvent, type PeriodicTask } from '../../shared/contract/upkeep.ts';
import { acknowledgeInvocation } from './invocation.ts';

interface PeriodicTasksProps {
  readonly environment: string;
  readonly upkeep: IFunction;
  readonly deadLetters: IQueue;
}

const dailyAt = (time: string): ScheduleExpression => {
  const [hour = '', minute = ''] = time.split(':').map((part) => String(Number(part)));
  return ScheduleExpression.cron({ hour, minute, timeZone: TimeZone.ETC_UTC });
};

/** What happens by the clock, each task by a schedule of its own. */
export class PeriodicTasks extends Construct {
  readonly scheduleGroup: ScheduleGroup;

  constructor(scope: Construct, id: string, { environment, upkeep, deadLetters }: PeriodicTasksProps) {
    super(scope, id);
    this.scheduleGroup = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: `atmo-${environment}-periodic`,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      description: 'Scheduler starts the upkeep function with it',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': this.scheduleGroup.scheduleGroupArn },
        },
      }),
    });
    acknowledgeInvocation(role, upkeep);
    for (const task of Object.keys(PERIODIC_TASKS) as PeriodicTask[]) {
      const { minutes, at } = periodOf(task);
      const period = Duration.minutes(minutes);
      new Schedule(this, task, {
        scheduleGroup: this.scheduleGroup,
        description: `ATMO ${environment}: ${task}`,
        schedule: at === undefined ? ScheduleExpression.rate(period) : dailyAt(at),
        target: new LambdaInvoke(upkeep, {
          role,
          input: ScheduleTargetInput.fromObject({ task } satisfies PeriodicEvent),
          // The next delivery does what a late one would have done.
          maxEventAge: period,
          retryAttempts: 2,
          deadLetterQueue: deadLetters,
        }),
      });
    }
  }
}

import { Aws, Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, TreatMissingData, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { SPENDING_METRICS } from '../../shared/domain/spending.ts';
import { localArn } from '../resource-names.ts';
import { portalMetric } from './portal-metric.ts';
import type { StageConfig } from '../stage-config.ts';

/** What alarms and dashboard look at. */
export interface Watched {
  readonly config: StageConfig;
  readonly httpApi: HttpApi;
  readonly upkeep: IFunction;
  readonly stateMachine: StateMachine;
  /** The schedules of the periodic tasks. */
  readonly clock: ScheduleGroup;
  readonly undeliveredTicks: IQueue;
  readonly undeliveredRuns: IQueue;
}

interface AlarmSettings {
  /** Who is hurt, and what to do first. */
  readonly text: string;
  /** Of the runbook; the alarm's own by default. */
  readonly section?: string;
  readonly metric: Metric;
  readonly threshold: number;
  readonly evaluationPeriods?: number;
  /** Of the evaluated periods; all of them by default. */
  readonly datapointsToAlarm?: number;
  /** Rings when the metric is below the threshold or missing. */
  readonly isDeadMans?: boolean;
}

const period = Duration.minutes(5);
const quarter = Duration.minutes(15);

const alarmName = (environment: string, id: string): string => `atmo-${environment}-${id}`;

/** Few alarms, each on something that a person must look at: ten metrics are free in an account, and these use nine, or ten with a limit of the cost an hour. */
export class Alarms extends Construct {
  private readonly config: StageConfig;
  private readonly action: SnsAction | null;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { config, httpApi, upkeep, stateMachine, clock, undeliveredTicks, undeliveredRuns } = watched;
    this.config = config;
    this.action = config.alarmAddress === null ? null : this.mailTo(config.alarmAddress);
    this.alarm('UndeliveredRuns', {
      text: 'Runs of Spark jobs did not start on time: Scheduler could not start the state machine. The upkeep starts them late. Find the cause; do not start them by hand.',
      metric: undeliveredRuns.metricApproximateNumberOfMessagesVisible({ period }),
      threshold: 1,
    });
    this.alarm('UndeliveredTicks', {
      text: 'A periodic task or an event of EMR did not reach the upkeep function. A single one is harmless: the next task does the same work. Several mean that the function cannot be invoked.',
      metric: undeliveredTicks.metricApproximateNumberOfMessagesVisible({ period }),
      threshold: 1,
    });
    const unsuccessful = {
      RunJobFailed: { end: 'failed', metric: stateMachine.metricFailed({ period }) },
      RunJobTimedOut: { end: 'timed out', metric: stateMachine.metricTimedOut({ period }) },
      RunJobAborted: { end: 'was aborted', metric: stateMachine.metricAborted({ period }) },
    };
    for (const [name, { end, metric }] of Object.entries(unsuccessful)) {
      this.alarm(name, {
        text: `An execution of the state machine ${end}: a run or a mail of that Spark job may be missing. See the graph of the execution.`,
        section: 'RunJobFailed',
        metric,
        threshold: 1,
      });
    }
    // The rarest task runs every 15 minutes: one that fails each time fails in every such period.
    this.alarm('UpkeepFails', {
      text: 'A periodic task keeps failing: expired clusters may keep running and cost money, and mails may be delayed. Read the errors in the log of the upkeep function.',
      metric: upkeep.metricErrors({ period: quarter }),
      threshold: 1,
      // A task that is due once an hour fails in one period of four.
      evaluationPeriods: 6,
      datapointsToAlarm: 2,
    });
    this.alarm('UpkeepThrottled', {
      text: 'Lambda throttles the periodic tasks: expired clusters may keep running and cost money. Raise the account’s quota of concurrent executions.',
      metric: upkeep.metricThrottles({ period: quarter }),
      threshold: 5,
      evaluationPeriods: 2,
    });
    this.alarm('ClockStopped', {
      text: 'No periodic task has started for 15 minutes: clusters do not expire, mails are not sent, lost launches are not recovered. Check that the schedules exist and are enabled.',
      metric: clock.metricAttempts({ period: quarter, statistic: 'Sum' }),
      threshold: 1,
      isDeadMans: true,
    });
    if (config.hourlyCostLimit !== null) {
      this.alarm('HourlyCost', {
        text: `Everything that runs costs at least $${config.hourlyCostLimit} an hour. Look in the administration for clusters that nobody needs, and pause launches if there is no reason.`,
        metric: portalMetric(config.environment, SPENDING_METRICS.hourly, quarter),
        threshold: config.hourlyCostLimit,
      });
    }
    this.alarm('ApiFails', {
      text: 'People get errors from the portal: the API answered 5xx five times in five minutes. The log of the function has the reason under the requestId of the answer.',
      metric: httpApi.metricServerError({ period }),
      threshold: 5,
    });
  }

  private alarm(
    id: string,
    {
      text,
      section = id,
      metric,
      threshold,
      evaluationPeriods = 1,
      datapointsToAlarm,
      isDeadMans = false,
    }: AlarmSettings,
  ): void {
    const { environment, runbookUrl } = this.config;
    const runbook = runbookUrl === null ? `docs/runbook.md, ${section}` : `${runbookUrl}#${section.toLowerCase()}`;
    const alarm = new Alarm(this, id, {
      alarmName: alarmName(environment, id),
      alarmDescription: `${text} Runbook: ${runbook}`,
      metric,
      threshold,
      evaluationPeriods,
      ...(datapointsToAlarm !== undefined && { datapointsToAlarm }),
      comparisonOperator: isDeadMans
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: isDeadMans ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    if (this.action !== null) alarm.addAlarmAction(this.action);
  }

  private mailTo(address: string): SnsAction {
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    // A policy of its own, here for TLS, replaces SNS's default one, which lets the account's alarms in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': localArn('cloudwatch', `alarm:${alarmName(this.config.environment, '*')}`) },
        },
      }),
    );
    topic.addSubscription(new EmailSubscription(address));
    return new SnsAction(topic);
  }
}

import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, TreatMissingData, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { StageConfig } from '../stage-config.ts';

interface AlarmsProps {
  readonly config: StageConfig;
  readonly httpApi: HttpApi;
  readonly upkeep: IFunction;
  readonly stateMachine: StateMachine;
  readonly deadLetters: IQueue;
}

const period = Duration.minutes(5);

/** Few alarms, each on something that a person must look at: ten are free in an account, and each further one is paid at rest. */
export class Alarms extends Construct {
  private readonly environment: string;
  private readonly action: SnsAction | null;

  constructor(scope: Construct, id: string, { config, httpApi, upkeep, stateMachine, deadLetters }: AlarmsProps) {
    super(scope, id);
    this.environment = config.environment;
    this.action = config.alarmAddress === null ? null : this.mailTo(config.alarmAddress);
    this.alarm('Undelivered', 'An event or schedule could not be delivered', {
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period }),
      threshold: 1,
    });
    this.alarm('RunJobFailed', 'A run-job execution failed outright', {
      metric: stateMachine.metricFailed({ period }),
      threshold: 1,
    });
    // The rarest task runs every 15 minutes: one that fails each time fails in every such period.
    this.alarm('UpkeepFails', 'What happens by the clock fails again and again', {
      metric: upkeep.metricErrors({ period: Duration.minutes(15) }),
      threshold: 1,
      evaluationPeriods: 2,
    });
    this.alarm('UpkeepThrottled', 'What happens by the clock finds no free Lambda', {
      metric: upkeep.metricThrottles({ period: Duration.minutes(15) }),
      threshold: 5,
      evaluationPeriods: 2,
    });
    this.alarm('ApiFails', 'The API answers with errors of its own', {
      metric: httpApi.metricServerError({ period }),
      threshold: 5,
    });
  }

  private alarm(
    id: string,
    alarmDescription: string,
    {
      metric,
      threshold,
      evaluationPeriods = 1,
    }: { readonly metric: Metric; readonly threshold: number; readonly evaluationPeriods?: number },
  ): void {
    const alarm = new Alarm(this, id, {
      alarmName: `atmo-${this.environment}-${id}`,
      alarmDescription: `${alarmDescription}. See docs/runbook.md.`,
      metric,
      threshold,
      evaluationPeriods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.action !== null) alarm.addAlarmAction(this.action);
  }

  private mailTo(address: string): SnsAction {
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    topic.addSubscription(new EmailSubscription(address));
    return new SnsAction(topic);
  }
}

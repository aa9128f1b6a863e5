import { Aws, Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { PeriodicEvent } from '../../shared/contract/upkeep.ts';

interface AfterDeploymentProps {
  readonly environment: string;
  readonly upkeep: IFunction;
  readonly deadLetters: IQueue;
}

/**
 * Compares schedules and jobs once the stack was created or updated, and not only at night: a stack that was destroyed took the schedules of all
 * jobs with it, which are not resources of the stack. CloudFormation's own event starts it, since within the deployment the functions may not work yet.
 */
export class AfterDeployment extends Construct {
  constructor(scope: Construct, id: string, { environment, upkeep, deadLetters }: AfterDeploymentProps) {
    super(scope, id);
    new Rule(this, 'Deployed', {
      description: `ATMO ${environment}: the portal was deployed`,
      eventPattern: {
        source: ['aws.cloudformation'],
        detailType: ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': [Aws.STACK_ID],
          'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] },
        },
      },
      targets: [
        new LambdaFunction(upkeep, {
          event: RuleTargetInput.fromObject({ task: 'compareSchedules' } satisfies PeriodicEvent),
          deadLetterQueue: deadLetters,
          maxEventAge: Duration.hours(1),
          retryAttempts: 8,
        }),
      ],
    });
  }
}

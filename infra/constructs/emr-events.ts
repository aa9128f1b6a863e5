import { Duration } from 'aws-cdk-lib';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EMR_EVENT_TYPES } from '../../shared/contract/upkeep.ts';
import { EMR_CLUSTER_KINDS, stepPrefix } from '../../shared/domain/emr-name.ts';

interface EmrEventsProps {
  readonly environment: string;
  readonly upkeep: IFunction;
  readonly deadLetters: IQueue;
  readonly hasServerless: boolean;
}

/** EMR's events to the upkeep function. Events are best effort; the sweeps find what they miss. */
export class EmrEvents extends Construct {
  constructor(scope: Construct, id: string, { environment, upkeep, deadLetters, hasServerless }: EmrEventsProps) {
    super(scope, id);
    const target = new LambdaFunction(upkeep, {
      deadLetterQueue: deadLetters,
      maxEventAge: Duration.hours(1),
      retryAttempts: 8,
    });
    const [clusterChange, stepChange, jobRunChange] = EMR_EVENT_TYPES;
    new Rule(this, 'ClusterChange', {
      description: `ATMO ${environment}: clusters of ours change state`,
      eventPattern: {
        source: ['aws.emr'],
        detailType: [clusterChange],
        // Not `atmo-<stage>-` alone: with a stage `dev`, that would be the names of a stage `dev-eu` too.
        detail: { name: Match.anyOf(...EMR_CLUSTER_KINDS.map((kind) => Match.prefix(`atmo-${environment}-${kind}-`))) },
      },
      targets: [target],
    });
    new Rule(this, 'StepChange', {
      // A step's event names the step and the cluster's id, not the cluster's name: the function looks the id up.
      description: `ATMO ${environment}: steps of ours change state`,
      eventPattern: {
        source: ['aws.emr'],
        detailType: [stepChange],
        detail: { name: Match.prefix(stepPrefix(environment)) },
      },
      targets: [target],
    });
    if (!hasServerless) return;
    new Rule(this, 'JobRunChange', {
      // It names ids alone, of applications that are made at run time: the function looks each up.
      description: `ATMO ${environment}: job runs on EMR Serverless change state`,
      eventPattern: { source: ['aws.emr-serverless'], detailType: [jobRunChange] },
      targets: [target],
    });
  }
}

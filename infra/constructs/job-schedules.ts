import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { localArn } from '../resource-names.ts';
import { permit } from './permission.ts';
import type { PortalFunction } from './portal-function.ts';
import type { RunJobWorkflow } from './run-job-workflow.ts';

interface JobSchedulesProps {
  readonly environment: string;
  readonly workflow: RunJobWorkflow;
  readonly deadLetters: IQueue;
}

const groupName = (environment: string): string => `atmo-${environment}-jobs`;

/** Where the portal keeps one EventBridge schedule for each Spark job, and the role that they start runs with. */
export class JobSchedules extends Construct {
  private readonly props: JobSchedulesProps;
  private readonly group: ScheduleGroup;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: JobSchedulesProps) {
    super(scope, id);
    this.props = props;
    this.group = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: groupName(props.environment),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      description: 'Scheduler starts runs of Spark jobs with it',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': this.group.scheduleGroupArn },
        },
      }),
    });
    permit(this.role, { actions: ['states:StartExecution'], resources: [props.workflow.arn] });
    props.deadLetters.grantSendMessages(this.role);
  }

  grantManage(fn: PortalFunction): void {
    this.grantOnSchedules(fn, ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule']);
    this.grantRemove(fn);
    fn.permit({
      actions: ['iam:PassRole'],
      resources: [this.role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    });
    fn.configure({
      stateMachineArn: this.props.workflow.arn,
      scheduleRoleArn: this.role.roleArn,
      scheduleDeadLetterArn: this.props.deadLetters.queueArn,
    });
  }

  /** Compares what schedules there are with what jobs there are. */
  grantList(fn: PortalFunction): void {
    fn.permit({
      actions: ['scheduler:ListSchedules'],
      resources: ['*'],
      wildcard: 'ListSchedules knows no resource; the function asks for the group of jobs.',
    });
    fn.configure({ scheduleGroup: this.group.scheduleGroupName });
  }

  grantRemove(fn: PortalFunction): void {
    this.grantOnSchedules(fn, ['scheduler:DeleteSchedule']);
    fn.configure({ scheduleGroup: this.group.scheduleGroupName });
  }

  private grantOnSchedules(fn: PortalFunction, actions: readonly string[]): void {
    fn.permit({
      actions,
      resources: [localArn('scheduler', `schedule/${groupName(this.props.environment)}/*`)],
      wildcard: 'The schedules of jobs, which alone are in this group.',
    });
  }
}

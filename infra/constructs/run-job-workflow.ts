import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  DefinitionBody,
  Errors,
  JsonPath,
  LogLevel,
  Pass,
  Result,
  StateMachine,
  StateMachineType,
  Succeed,
  Wait,
  WaitTime,
  type IChainable,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { MAX_WAITS, RUN_JOB_ERRORS, RUN_JOB_STATES as STATES, WAIT_SECONDS } from '../../shared/contract/run-job.ts';
import { localArn } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { acknowledgeInvocation } from './invocation.ts';
import type { PortalFunction } from './portal-function.ts';
import { RunJobTasks } from './run-job-tasks.ts';

interface RunJobWorkflowProps {
  readonly config: StageConfig;
  /** Carries out every task. */
  readonly tasks: IFunction;
}

const PREVIOUS_RUN = { runId: JsonPath.stringAt('$.job.runId') };
const THIS_RUN = { runId: JsonPath.stringAt('$.Payload.runId') };
const EXECUTION = { executionId: JsonPath.stringAt('$$.Execution.Id') };

/** The run-job flow, the one place where it is defined. Data: `$.job` what the decisions look at, `$.waits`, `$.Payload` the run. */
export class RunJobWorkflow extends Construct {
  readonly stateMachine: StateMachine;
  /** Put together from the name: the function that carries out the tasks refers to it too. */
  readonly arn: string;
  private readonly tasks: RunJobTasks;

  constructor(scope: Construct, id: string, { config, tasks }: RunJobWorkflowProps) {
    super(scope, id);
    this.tasks = new RunJobTasks(this, tasks);
    const name = `atmo-${config.environment}-run-job`;
    this.arn = localArn('states', `stateMachine:${name}`);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(this.flow()),
      logs: {
        // The prefix keeps many log groups' delivery within one resource policy.
        destination: new LogGroup(this, 'Log', {
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: config.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    Validations.of(this.stateMachine).acknowledge(
      {
        id: 'AwsSolutions-SF2',
        reason: 'Traces are paid for each execution; the history and the log tell the same story.',
      },
      { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'The log delivery’s calls know no resource.' },
    );
    acknowledgeInvocation(this.stateMachine.role, tasks);
  }

  grantStart(fn: PortalFunction): void {
    fn.permit({ actions: ['states:StartExecution'], resources: [this.arn] });
    fn.configure({ stateMachineArn: this.arn });
  }

  /** May tell an execution the outcome that it waits for. */
  grantCompleteWait(fn: PortalFunction): void {
    fn.permit({ actions: ['states:SendTaskSuccess'], resources: [this.arn] });
    fn.configure({ stateMachineArn: this.arn });
  }

  private flow(): IChainable {
    const missed = this.tasks.task('recordMissed', 'recordMissed', { payload: EXECUTION });
    const getJob = this.tasks.task('getJob', 'getJob', { resultPath: '$.job' });
    const syncRun = this.tasks.task('syncRun', 'syncRun', { resultPath: '$.job' });
    const isEnabled = new Choice(this, STATES.isEnabled)
      .when(Condition.booleanEquals('$.job.isEnabled', false), this.tasks.task('recordDisabled', 'recordDisabled'))
      .otherwise(
        new Choice(this, STATES.isRunnable)
          .when(Condition.booleanEquals('$.job.isRunnable', true), this.runIfDue(missed))
          .otherwise(this.afterPreviousRun(getJob, missed)),
      );
    getJob
      .addCatch(new Succeed(this, STATES.jobNotFound), { errors: [RUN_JOB_ERRORS.notFound], resultPath: '$.error' })
      .addCatch(missed, { errors: [Errors.ALL], resultPath: '$.error' })
      .next(
        new Choice(this, STATES.hasRun)
          .when(Condition.booleanEquals('$.job.hasRun', true), syncRun)
          .otherwise(isEnabled),
      );
    syncRun.addCatch(missed, { errors: [Errors.ALL], resultPath: '$.error' }).next(isEnabled);
    return new Pass(this, STATES.begin, { result: Result.fromNumber(0), resultPath: '$.waits' }).next(getJob);
  }

  /** The previous run goes on: it is ended where its time is over, then waited for, at most `MAX_WAITS` times. */
  private afterPreviousRun(fromTheTop: IChainable, missed: IChainable): Choice {
    const mayWaitLonger = new Choice(this, STATES.mayWaitLonger)
      .when(
        Condition.numberLessThan('$.waits', MAX_WAITS),
        new Wait(this, STATES.waitForPreviousRun, { time: WaitTime.duration(Duration.seconds(WAIT_SECONDS)) })
          .next(
            new Pass(this, STATES.countWait, {
              parameters: { waits: JsonPath.mathAdd(JsonPath.numberAt('$.waits'), 1) },
            }),
          )
          .next(fromTheTop),
      )
      .otherwise(missed);
    const terminate = this.tasks
      .task('terminatePreviousRun', 'terminateRun', { payload: PREVIOUS_RUN })
      .addCatch(mayWaitLonger, { errors: [Errors.ALL], resultPath: '$.error' });
    const notify = this.tasks
      .task('notifyPreviousTimedOut', 'notifyTimedOut', { payload: PREVIOUS_RUN })
      // A mail that cannot be written must not keep a cluster alive.
      .addCatch(terminate, { errors: [Errors.ALL], resultPath: '$.error' });
    notify.next(terminate).next(mayWaitLonger);
    return new Choice(this, STATES.hasTimedOut)
      .when(Condition.booleanEquals('$.job.hasTimedOut', true), notify)
      .otherwise(mayWaitLonger);
  }

  private runIfDue(missed: IChainable): Choice {
    return new Choice(this, STATES.isDue)
      .when(Condition.stringEquals('$.job.due', 'due'), this.runAndAwait(missed))
      .when(
        Condition.stringEquals('$.job.due', 'pastEnd'),
        this.tasks.task('removeSchedule', 'removeSchedule').next(this.tasks.task('markExpired', 'markExpired')),
      )
      .otherwise(new Succeed(this, STATES.notYetDue));
  }

  private runAndAwait(missed: IChainable): IChainable {
    const record = this.tasks.task('recordOutcome', 'recordOutcome', { payload: THIS_RUN });
    const terminate = this.tasks.task('terminateRun', 'terminateRun', { payload: THIS_RUN });
    const notify = this.tasks
      .task('notifyTimedOut', 'notifyTimedOut', { payload: THIS_RUN })
      .addCatch(terminate, { errors: [Errors.ALL], resultPath: '$.error' });
    const awaitOutcome = this.tasks.awaitOutcome();
    awaitOutcome.addCatch(notify.next(terminate), { errors: [Errors.TIMEOUT], resultPath: '$.error' });
    const isLaunched = new Choice(this, STATES.isLaunched)
      .when(Condition.stringEquals('$.Payload.result', 'launched'), awaitOutcome.next(record))
      .when(Condition.stringEquals('$.Payload.result', 'refused'), record)
      .otherwise(new Succeed(this, STATES.alreadyStarted));
    return this.tasks
      .task('provisionRun', 'provisionRun', { payload: EXECUTION, resultPath: '$.Payload' })
      .addCatch(missed, { errors: [Errors.ALL], resultPath: '$.error' })
      .next(isLaunched);
  }
}

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
import { PASSING_ERRORS, RunJobTasks } from './run-job-tasks.ts';

interface RunJobWorkflowProps {
  readonly config: StageConfig;
  /** Carries out every task. */
  readonly tasks: IFunction;
}

const PREVIOUS_RUN = { runId: JsonPath.stringAt('$.job.runId') };
const THIS_RUN = { runId: JsonPath.stringAt('$.Payload.runId') };

/** The run-job flow, the one place where it is defined. Data: `$.job` what the decisions look at, `$.rounds`, `$.Payload` the run. */
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
    const missed = this.tasks.task('recordMissed', 'recordMissed');
    const getJob = this.tasks.task('getJob', 'getJob', { resultPath: '$.job', isInLoop: true });
    const mayWaitLonger = this.mayWaitLonger(getJob, missed);
    getJob
      // A long trouble at AWS must not cost the occurrence: there is more than a day to try again.
      .addCatch(mayWaitLonger, { errors: PASSING_ERRORS, resultPath: '$.error' })
      .addCatch(missed, { errors: [Errors.ALL], resultPath: '$.error' })
      .next(this.whatNext(missed, mayWaitLonger));
    // From 1, since aws-local-stepfunctions takes a result of 0 for none.
    return new Pass(this, STATES.begin, { result: Result.fromNumber(1), resultPath: '$.rounds' }).next(getJob);
  }

  /** Waits for the previous run, at most `MAX_WAITS` times; then the occurrence is missed. */
  private mayWaitLonger(fromTheTop: IChainable, missed: IChainable): Choice {
    const wait = new Wait(this, STATES.waitForPreviousRun, { time: WaitTime.duration(Duration.seconds(WAIT_SECONDS)) });
    const count = new Pass(this, STATES.countWait, {
      parameters: { rounds: JsonPath.mathAdd(JsonPath.numberAt('$.rounds'), 1) },
    });
    return new Choice(this, STATES.mayWaitLonger)
      .when(Condition.numberLessThanEquals('$.rounds', MAX_WAITS), wait.next(count).next(fromTheTop))
      .otherwise(missed);
  }

  /** What is done with a job, the first whose condition holds: one choice, since every state of an execution is paid for. */
  private whatNext(missed: IChainable, mayWaitLonger: IChainable): Choice {
    const isBusy = Condition.booleanEquals('$.job.isRunnable', false);
    const hasTimedOut = Condition.booleanEquals('$.job.hasTimedOut', true);
    return new Choice(this, STATES.whatNext)
      .when(Condition.booleanEquals('$.job.isEnabled', false), this.tasks.task('recordDisabled', 'recordDisabled'))
      .when(Condition.and(isBusy, hasTimedOut), this.endPreviousRun(mayWaitLonger))
      .when(isBusy, mayWaitLonger)
      .when(Condition.stringEquals('$.job.due', 'due'), this.runAndAwait(missed, mayWaitLonger))
      .when(
        Condition.stringEquals('$.job.due', 'pastEnd'),
        this.tasks.task('removeSchedule', 'removeSchedule').next(this.tasks.task('markExpired', 'markExpired')),
      )
      .otherwise(new Succeed(this, STATES.notYetDue));
  }

  /** The previous run goes on although its time is over: it is ended, and waited for. */
  private endPreviousRun(mayWaitLonger: IChainable): IChainable {
    const options = { payload: PREVIOUS_RUN, isInLoop: true };
    const anyError = { errors: [Errors.ALL], resultPath: '$.error' };
    const terminate = this.tasks
      .task('terminatePreviousRun', 'terminateRun', options)
      .addCatch(mayWaitLonger, anyError);
    // A mail that cannot be written must not keep a cluster alive.
    const notify = this.tasks.task('notifyPreviousTimedOut', 'notifyTimedOut', options).addCatch(terminate, anyError);
    return notify.next(terminate).next(mayWaitLonger);
  }

  private runAndAwait(missed: IChainable, mayWaitLonger: IChainable): IChainable {
    const record = this.tasks.task('recordOutcome', 'recordOutcome', { payload: THIS_RUN });
    const terminate = this.tasks.task('terminateRun', 'terminateRun', { payload: THIS_RUN });
    const notify = this.tasks
      .task('notifyTimedOut', 'notifyTimedOut', { payload: THIS_RUN })
      .addCatch(terminate, { errors: [Errors.ALL], resultPath: '$.error' });
    const awaitOutcome = this.tasks.awaitOutcome();
    awaitOutcome.addCatch(notify.next(terminate), { errors: [Errors.TIMEOUT], resultPath: '$.error' });
    const waitForTurn = new Wait(this, STATES.waitForTurn, { time: WaitTime.secondsPath('$.Payload.waitSeconds') });
    const isLaunched = new Choice(this, STATES.isLaunched)
      .when(Condition.stringEquals('$.Payload.result', 'launched'), awaitOutcome.next(record))
      .when(Condition.stringEquals('$.Payload.result', 'refused'), record)
      .otherwise(new Succeed(this, STATES.alreadyStarted));
    const provision = this.tasks.task('provisionRun', 'provisionRun', {
      resultPath: '$.Payload',
      notRetried: RUN_JOB_ERRORS.staleWrite,
    });
    isLaunched.when(Condition.stringEquals('$.Payload.result', 'waiting'), waitForTurn.next(provision));
    return (
      provision
        // Another occurrence took its turn first, and may run for as long as a run may.
        .addCatch(mayWaitLonger, { errors: [RUN_JOB_ERRORS.staleWrite], resultPath: '$.error' })
        .addCatch(missed, { errors: [Errors.ALL], resultPath: '$.error' })
        .next(isLaunched)
    );
  }
}

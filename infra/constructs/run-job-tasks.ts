import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  IntegrationPattern,
  JitterType,
  JsonPath,
  Succeed,
  TaskInput,
  Timeout,
  type TaskStateBase,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { RUN_JOB_ERRORS, RUN_JOB_STATES, type RunJobTask } from '../../shared/contract/run-job.ts';

type StateKey = keyof typeof RUN_JOB_STATES;

/** Failures of the Lambda service itself, or of the sandbox under a task: the task may have run, and each may run twice. */
const LAMBDA_ERRORS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
];

/** What may pass with time. */
export const PASSING_ERRORS = [
  RUN_JOB_ERRORS.throttled,
  RUN_JOB_ERRORS.awsFailed,
  RUN_JOB_ERRORS.staleWrite,
  ...LAMBDA_ERRORS,
];

/** With a cap of one hour, the delays add up to about 2.5 hours on average and 5 at most. */
const ATTEMPTS = 16;

/**
 * Fewer for what is done again after ten minutes anyway: the loop's 155 rounds with every attempt of every task still stay below
 * the 25,000 events of an execution's history.
 */
const ATTEMPTS_IN_LOOP = 10;

const withRetries = (task: LambdaInvoke, errors = PASSING_ERRORS, maxAttempts = ATTEMPTS): TaskStateBase =>
  task.addRetry({
    errors: [...errors],
    interval: Duration.seconds(1),
    backoffRate: 2,
    maxDelay: Duration.hours(1),
    jitterStrategy: JitterType.FULL,
    maxAttempts,
  });

/** The request never changes: tasks read it from the execution, whatever became of the state's data. */
const request = JsonPath.objectAt('$$.Execution.Input');
const executionId = JsonPath.stringAt('$$.Execution.Id');

interface TaskOptions {
  readonly payload?: Readonly<Record<string, unknown>>;
  /** Where the answer goes; nowhere by default. */
  readonly resultPath?: string;
  readonly isInLoop?: boolean;
  /** Of the errors that may pass, one that the flow itself deals with. */
  readonly notRetried?: string;
}

/** Builds the workflow's tasks: each a call of the one function with the task's name. */
export class RunJobTasks {
  private readonly scope: Construct;
  private readonly fn: IFunction;
  private readonly jobNotFound: Succeed;

  constructor(scope: Construct, fn: IFunction) {
    this.scope = scope;
    this.fn = fn;
    this.jobNotFound = new Succeed(scope, RUN_JOB_STATES.jobNotFound);
  }

  task(
    state: StateKey,
    task: RunJobTask,
    { payload, resultPath, isInLoop = false, notRetried }: TaskOptions = {},
  ): TaskStateBase {
    const retried = withRetries(
      new LambdaInvoke(this.scope, RUN_JOB_STATES[state], {
        lambdaFunction: this.fn,
        payload: TaskInput.fromObject({ task, request, executionId, ...payload }),
        payloadResponseOnly: true,
        resultPath: resultPath ?? JsonPath.DISCARD,
        retryOnServiceExceptions: false,
        // Twice the function's own limit: only a lost invocation lasts as long.
        taskTimeout: Timeout.duration(Duration.minutes(2)),
      }),
      PASSING_ERRORS.filter((error) => error !== notRetried),
      isInLoop ? ATTEMPTS_IN_LOOP : ATTEMPTS,
    );
    return this.endedWithJob(retried);
  }

  /** Before any other catch: the job may be deleted at every step, and the deletion terminates its run. */
  private endedWithJob(task: TaskStateBase): TaskStateBase {
    return task.addCatch(this.jobNotFound, { errors: [RUN_JOB_ERRORS.notFound], resultPath: '$.error' });
  }

  /**
   * Waits until someone sends the token back. `$.Payload.timeoutSeconds` is the limit both before and after the parameters are
   * resolved, since Step Functions looks for the path in the state's input and aws-local-stepfunctions in its parameters.
   */
  awaitOutcome(): TaskStateBase {
    const retried = withRetries(
      new LambdaInvoke(this.scope, RUN_JOB_STATES.awaitOutcome, {
        lambdaFunction: this.fn,
        integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
        payload: TaskInput.fromObject({
          task: 'awaitOutcome' satisfies RunJobTask,
          request,
          executionId,
          runId: JsonPath.stringAt('$.Payload.runId'),
          timeoutSeconds: JsonPath.numberAt('$.Payload.timeoutSeconds'),
          taskToken: JsonPath.taskToken,
        }),
        resultPath: '$.outcome',
        retryOnServiceExceptions: false,
        taskTimeout: Timeout.at('$.Payload.timeoutSeconds'),
      }),
    );
    return this.endedWithJob(retried);
  }
}

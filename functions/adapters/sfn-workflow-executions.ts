import { SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

import type { WorkflowExecutions } from '../ports/workflow-executions.ts';
import { awsErrorOf, isAwsError } from './aws-errors.ts';
import { requestHandler } from './request-handler.ts';

/** The token is no longer valid: it timed out, or is from before a restart of the local stack. */
const NOBODY_WAITS = ['TaskDoesNotExist', 'TaskTimedOut', 'InvalidToken'];

/** Awaits a call for its effect; errors of these names mean that there is nothing left to do. */
const settled = async (call: Promise<unknown>, harmless: readonly string[]): Promise<void> => {
  try {
    await call;
  } catch (error) {
    if (!harmless.some((name) => isAwsError(error, name))) throw awsErrorOf('Step Functions', error);
  }
};

export const sfnWorkflowExecutions = (
  { stateMachineArn }: { readonly stateMachineArn: string },
  client: SFNClient = new SFNClient({ requestHandler }),
): WorkflowExecutions => ({
  start: (name, request) =>
    settled(client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(request) })), [
      'ExecutionAlreadyExists',
    ]),

  completeWait: (taskToken, outcome) =>
    settled(client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(outcome) })), NOBODY_WAITS),
});

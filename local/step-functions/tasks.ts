import { FunctionError, type Invoke } from '../lambda.ts';
import { TaskFailed, type TaskTokens, type TokenDispenser, type TokenOwner } from './task-tokens.ts';

interface TaskSurroundings {
  readonly invoke: Invoke;
  readonly tokens: TaskTokens;
  readonly dispenser: TokenDispenser;
  readonly owner: TokenOwner;
  readonly heartbeatSeconds: number | null;
}

const LAMBDA_INVOKE = /^arn:aws[a-z-]*:states:::lambda:invoke(?<wait>\.waitForTaskToken)?$/;

/** Bytes of what goes between two states. */
const MAX_STATE_DATA = 262_144;

/** Carries out a task state's resource. @throws TaskFailed with the error's name as Step Functions gives it */
export const runTask = async (resource: string, input: unknown, surroundings: TaskSurroundings): Promise<unknown> => {
  const output = await resultOf(resource, input, surroundings);
  if (Buffer.byteLength(JSON.stringify(output ?? null)) > MAX_STATE_DATA) {
    throw new TaskFailed(
      'States.DataLimitExceeded',
      'The state/task returned a result with a size exceeding the maximum number of bytes service limit.',
    );
  }
  return output;
};

const resultOf = async (resource: string, input: unknown, surroundings: TaskSurroundings): Promise<unknown> => {
  const { invoke, tokens, dispenser, owner, heartbeatSeconds } = surroundings;
  const integration = LAMBDA_INVOKE.exec(resource);
  if (integration === null) return invokeFunction(invoke, resource, input);
  const { FunctionName, Payload } = input as { FunctionName: string; Payload?: unknown };
  if (integration.groups?.['wait'] === undefined) {
    const answer = await invokeFunction(invoke, FunctionName, Payload ?? {});
    return { ExecutedVersion: '$LATEST', Payload: answer, StatusCode: 200 };
  }
  // Waits before it calls: the function may send the token back at once.
  const token = dispenser.take();
  const outcome = tokens.wait(token, owner, heartbeatSeconds);
  await Promise.race([outcome, invokeFunction(invoke, FunctionName, Payload ?? {})]);
  return outcome;
};

const invokeFunction = async (invoke: Invoke, functionArn: string, payload: unknown): Promise<unknown> => {
  try {
    return await invoke(functionArn, payload);
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    const { errorType, message, trace } = error;
    throw new TaskFailed(errorType, JSON.stringify({ errorType, errorMessage: message, trace }));
  }
};

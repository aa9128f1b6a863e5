import { randomUUID } from 'node:crypto';
import { tracingChannel } from 'node:diagnostics_channel';
import { pathToFileURL } from 'node:url';

import type { Context } from 'aws-lambda';

import type { Activity } from './activity.ts';
import { StartupError } from './startup-error.ts';

/** A function as the deployment would create it. */
export interface FunctionDefinition {
  readonly arn: string;
  readonly name: string;
  /** The handler's source file. */
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Calls a function with a payload and gives its answer, both as JSON values. @throws FunctionError */
export type Invoke = (functionArn: string, payload: unknown) => Promise<unknown>;

/** What Lambda reports of an invocation that failed. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly errorType: string;
  readonly trace: readonly string[];

  constructor(errorType: string, message: string, trace: readonly string[] = []) {
    super(message);
    this.errorType = errorType;
    this.trace = trace;
  }
}

/** Traces each invocation with its function's name and payload: a test counts the AWS calls of each. */
const INVOCATIONS = tracingChannel<object>('atmo.invocation');

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** Bytes of a synchronous call's payload or answer. */
const MAX_PAYLOAD = 6 * 1024 * 1024;

/**
 * Loads the functions' handlers into this process, each with its own environment, as a cold start would.
 * @throws StartupError where a handler cannot be loaded
 */
export const loadFunctions = async (
  definitions: readonly FunctionDefinition[],
  activity: Activity,
): Promise<Invoke> => {
  const handlers = new Map<string, { definition: FunctionDefinition; handler: Handler }>();
  for (const definition of definitions) {
    // One after the other: a handler reads its settings once, while it loads.
    handlers.set(definition.arn, { definition, handler: await coldStart(definition) });
  }
  return (functionArn, payload) => {
    const known = handlers.get(functionArn);
    if (known === undefined) {
      throw new FunctionError('ResourceNotFoundException', `Function not found: ${functionArn}`);
    }
    const { definition, handler } = known;
    return activity.track(() =>
      INVOCATIONS.tracePromise(() => invoke(definition, handler, payload), { function: definition.name, payload }),
    );
  };
};

const coldStart = async ({ name, entry, environment }: FunctionDefinition): Promise<Handler> => {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const { handler } = (await import(pathToFileURL(entry).href)) as { handler: Handler };
    return handler;
  } catch (error) {
    throw new StartupError(`Function ${name} (${entry}) cannot be loaded: ${messageOf(error)}`, { cause: error });
  } finally {
    for (const key of Object.keys(environment)) {
      if (before[key] === undefined) delete process.env[key];
      else process.env[key] = before[key];
    }
  }
};

const invoke = async (definition: FunctionDefinition, handler: Handler, payload: unknown): Promise<unknown> => {
  const requestId = randomUUID();
  const deadline = Date.now() + definition.timeoutSeconds * 1000;
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      reject(
        new FunctionError(
          'Sandbox.Timedout',
          `RequestId: ${requestId} Error: Task timed out after ${definition.timeoutSeconds}.00 seconds`,
        ),
      ),
    definition.timeoutSeconds * 1000,
  );
  try {
    const event = overTheWire(payload);
    return overTheWire(await Promise.race([handler(event, contextFor(definition, requestId, deadline)), timeout]));
  } catch (error) {
    throw error instanceof FunctionError ? error : functionErrorOf(error);
  } finally {
    clearTimeout(timer);
  }
};

/** Only JSON goes in and out of a Lambda. */
const overTheWire = (value: unknown): unknown => {
  const text = JSON.stringify(value ?? null);
  if (Buffer.byteLength(text) > MAX_PAYLOAD) {
    throw new FunctionError('Function.ResponseSizeTooLarge', `Payload size exceeded maximum of ${MAX_PAYLOAD} bytes.`);
  }
  return JSON.parse(text) as unknown;
};

const functionErrorOf = (error: unknown): FunctionError =>
  error instanceof Error
    ? new FunctionError(error.name, error.message, error.stack?.split('\n') ?? [])
    : new FunctionError('Error', String(error));

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const contextFor = ({ arn, name, memoryMb }: FunctionDefinition, awsRequestId: string, deadline: number): Context => {
  const forCallbacks = (): never => {
    throw new Error('Node 24 functions answer with a promise.');
  };
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: String(memoryMb),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: forCallbacks,
    fail: forCallbacks,
    succeed: forCallbacks,
  };
};

import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';

/** Error names for throttling. */
const THROTTLING: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'ProvisionedThroughputExceededException',
  'LimitExceededException',
  'SlowDown',
]);

const isThrottling = (error: Error): boolean =>
  THROTTLING.has(error.name) ||
  ('$retryable' in error && isRecord(error.$retryable) && error.$retryable['throttling'] === true);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Errors of the SDK: error responses and network failures. Anything else is a bug. */
const isSdkError = (error: unknown): error is Error => error instanceof Error && '$metadata' in error;

export const isAwsError = (error: unknown, name: string): boolean => isSdkError(error) && error.name === name;

/** Maps an SDK error to a domain error; returns anything else unchanged. */
export const awsErrorOf = (service: string, error: unknown): unknown => {
  if (!isSdkError(error)) return error;
  const evidence = { service, name: error.name, message: error.message };
  return isThrottling(error)
    ? new AwsThrottled(`${service} is busy. Try again in a moment.`, evidence)
    : new AwsFailed(`${service} failed (${error.name}). Try again later.`, evidence);
};

/**
 * Awaits an SDK call.
 * @throws AwsThrottled, AwsFailed; other errors unchanged
 */
export const fromAws = async <Answer>(service: string, call: Promise<Answer>): Promise<Answer> => {
  try {
    return await call;
  } catch (error) {
    throw awsErrorOf(service, error);
  }
};

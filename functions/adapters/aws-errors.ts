import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';

/** Names that AWS services give to "too fast, try again later". */
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

/** What the SDK throws: answers of the service, and failures to reach it. Anything else is a bug of ours. */
const isSdkError = (error: unknown): error is Error => error instanceof Error && '$metadata' in error;

export const isAwsError = (error: unknown, name: string): boolean => isSdkError(error) && error.name === name;

/** The domain's word for an SDK error; anything else as it is. */
export const awsErrorOf = (service: string, error: unknown): unknown => {
  if (!isSdkError(error)) return error;
  const evidence = { service, name: error.name, message: error.message };
  return isThrottling(error)
    ? new AwsThrottled(`${service} is busy. Try again in a moment.`, evidence)
    : new AwsFailed(`${service} failed (${error.name}). Try again later.`, evidence);
};

/**
 * Awaits an SDK call.
 * @throws AwsThrottled, AwsFailed, and whatever is no SDK error as it is
 */
export const fromAws = async <Answer>(service: string, call: Promise<Answer>): Promise<Answer> => {
  try {
    return await call;
  } catch (error) {
    throw awsErrorOf(service, error);
  }
};

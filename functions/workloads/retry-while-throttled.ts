import { AwsThrottled } from '../../shared/domain/errors.ts';

/** Limits for a person's request, well within the 30 seconds of an HTTP API. */
const ATTEMPTS = 5;
const BASE_MS = 1000;
const CAP_MS = 6000;

export interface RetryTiming {
  readonly pause: (milliseconds: number) => Promise<void>;
  /** A source of numbers in [0, 1). */
  readonly random: () => number;
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Retries a throttled call with exponential backoff and full jitter. This is safe even for calls that are not idempotent: a throttled call did
 * nothing.
 * @throws AwsThrottled after the last attempt, and any other failure at once
 */
export const retryWhileThrottled = async <Answer>(
  call: () => Promise<Answer>,
  { pause: wait, random }: RetryTiming,
): Promise<Answer> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof AwsThrottled) || attempt === ATTEMPTS) throw error;
      await wait(random() * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1)));
    }
  }
};

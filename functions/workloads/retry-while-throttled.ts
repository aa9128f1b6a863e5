import { AwsThrottled } from '../../shared/domain/errors.ts';

/** How long a person's request may wait for EMR, well within the 30 seconds of an HTTP API. */
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
 * Repeats a call that AWS throttled, which is safe even where the call itself cannot be repeated: a throttled call did
 * nothing. Exponential backoff with full jitter.
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

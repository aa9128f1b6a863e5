/** A token bucket: `burst` calls at once, then `perSecond` calls a second. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  readonly limit: RateLimit;
  tokens: number;
  filledAt: number;
}

const refill = (bucket: Bucket, now: number): void => {
  const seconds = Math.max(0, now - bucket.filledAt) / 1000;
  bucket.tokens = Math.min(bucket.limit.burst, bucket.tokens + seconds * bucket.limit.perSecond);
  bucket.filledAt = now;
};

export interface RateLimiter {
  /** Whether a call may pass now (milliseconds since the epoch); one that may not costs no token. */
  admits(operation: string, now: number): boolean;
}

/**
 * A service's rate limits as token buckets, one an operation.
 * @param limitsOf the buckets of an operation by name: its own, and those that it shares with others
 */
export const rateLimiter = (limitsOf: (operation: string) => Readonly<Record<string, RateLimit>>): RateLimiter => {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (name: string, limit: RateLimit, now: number): Bucket => {
    const bucket = buckets.get(name) ?? { limit, tokens: limit.burst, filledAt: now };
    buckets.set(name, bucket);
    refill(bucket, now);
    return bucket;
  };
  return {
    admits(operation, now) {
      const asked = Object.entries(limitsOf(operation)).map(([name, limit]) => bucketOf(name, limit, now));
      if (asked.some(({ tokens }) => tokens < 1)) return false;
      for (const bucket of asked) bucket.tokens -= 1;
      return true;
    },
  };
};

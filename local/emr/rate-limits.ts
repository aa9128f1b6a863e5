import type { OperationName } from './operation-names.ts';

/** A token bucket: `burst` calls at once, then `perSecond` calls a second. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

/** AWS's quota for all EMR calls of an account and Region together. */
export const ALL_CALLS_LIMIT: RateLimit = { burst: 25, perSecond: 5 };

// Operations whose quota we have not looked up get the tightest that EMR gives any.
const OTHER_CALLS_LIMIT: RateLimit = { burst: 10, perSecond: 0.5 };

/** AWS's quotas of single EMR operations that differ from the rest. */
export const CALL_LIMITS: Partial<Record<OperationName, RateLimit>> = {
  DescribeCluster: { burst: 10, perSecond: 1 },
  ListClusters: { burst: 20, perSecond: 0.5 },
};

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
  admits(operation: OperationName, now: number): boolean;
}

/** EMR's rate limits as token buckets, one per operation and one for all of them. */
export const rateLimiter = (): RateLimiter => {
  const full = (limit: RateLimit, now: number): Bucket => ({ limit, tokens: limit.burst, filledAt: now });
  const buckets = new Map<OperationName | 'all', Bucket>();
  const bucketOf = (key: OperationName | 'all', limit: RateLimit, now: number): Bucket => {
    const bucket = buckets.get(key) ?? full(limit, now);
    buckets.set(key, bucket);
    refill(bucket, now);
    return bucket;
  };
  return {
    admits(operation, now) {
      const own = bucketOf(operation, CALL_LIMITS[operation] ?? OTHER_CALLS_LIMIT, now);
      const all = bucketOf('all', ALL_CALLS_LIMIT, now);
      if (own.tokens < 1 || all.tokens < 1) return false;
      own.tokens -= 1;
      all.tokens -= 1;
      return true;
    },
  };
};

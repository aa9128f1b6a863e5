import type { RateLimit } from '../emulation/rate-limiter.ts';
import type { OperationName } from './operation-names.ts';

/** AWS's quota for all EMR calls of an account and Region together. */
export const ALL_CALLS_LIMIT: RateLimit = { burst: 25, perSecond: 5 };

// Operations whose quota we have not looked up get the tightest that EMR gives any.
const OTHER_CALLS_LIMIT: RateLimit = { burst: 10, perSecond: 0.5 };

/** AWS's quotas of single EMR operations. */
export const CALL_LIMITS: Partial<Readonly<Record<OperationName, RateLimit>>> = {
  DescribeCluster: { burst: 10, perSecond: 1 },
  ListClusters: { burst: 20, perSecond: 0.5 },
  ListInstances: { burst: 10, perSecond: 0.5 },
  ListSteps: { burst: 10, perSecond: 0.5 },
};

/** Each operation has a bucket of its own and shares one with all others. */
export const limitsOf = (operation: string): Readonly<Record<string, RateLimit>> => ({
  [operation]: CALL_LIMITS[operation as OperationName] ?? OTHER_CALLS_LIMIT,
  all: ALL_CALLS_LIMIT,
});

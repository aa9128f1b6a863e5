import type { RateLimit } from '../emulation/rate-limiter.ts';
import type { OperationName } from './routes.ts';

// https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/endpoints-quotas.html
const READ_ONE: RateLimit = { burst: 50, perSecond: 10 };
/** Also of the operations for sessions, whose limits AWS does not publish. */
const OTHERS: RateLimit = { burst: 25, perSecond: 1 };

export const CALL_LIMITS: Partial<Readonly<Record<OperationName, RateLimit>>> = {
  GetApplication: READ_ONE,
  GetJobRun: READ_ONE,
  GetDashboardForJobRun: { burst: 2, perSecond: 1 },
};

/** Each operation has a bucket of its own. */
export const limitsOf = (operation: string): Readonly<Record<string, RateLimit>> => ({
  [operation]: CALL_LIMITS[operation as OperationName] ?? OTHERS,
});

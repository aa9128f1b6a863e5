import type { RateLimiter } from './rate-limiter.ts';

/** Calls still to be hit by a fault, by operation. */
export type CallCounts = Partial<Record<string, number>>;

/** Faults of calls that are in force; held in memory only, so a restart ends them. */
export interface CallFaults {
  throttle: CallCounts;
  errorNext: CallCounts;
  /** False switches the service's own limits off. */
  rateLimits: boolean;
}

export const noCallFaults = (): CallFaults => ({ throttle: {}, errorNext: {}, rateLimits: true });

/** Whether this call is one of those to be hit; uses that hit up. */
const useUp = (counts: CallCounts, operation: string): boolean => {
  const left = counts[operation] ?? 0;
  if (left <= 0) return false;
  counts[operation] = left - 1;
  return true;
};

interface Refusals {
  readonly throttled: () => Error;
  readonly failed: () => Error;
}

export interface CallGate {
  /** Counts a call, and refuses it where a limit or a fault says so. @throws what the service answers then */
  enter(operation: string): void;
  /** How often each operation was called, refused calls included. */
  calls(): Readonly<Record<string, number>>;
}

/** What every call of a service passes before it is carried out. */
export const callGate = (limiter: RateLimiter, faults: CallFaults, { throttled, failed }: Refusals): CallGate => {
  const counted: Record<string, number> = {};
  return {
    calls: () => ({ ...counted }),
    enter(operation) {
      counted[operation] = (counted[operation] ?? 0) + 1;
      if (useUp(faults.throttle, operation)) throw throttled();
      if (faults.rateLimits && !limiter.admits(operation, Date.now())) throw throttled();
      if (useUp(faults.errorNext, operation)) throw failed();
    },
  };
};

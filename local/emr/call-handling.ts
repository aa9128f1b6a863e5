import type { ClusterStore } from './cluster-store.ts';
import { EmrError, internalServerError, throttled } from './emr-error.ts';
import { useUp, type Faults } from './faults.ts';
import { isOperationName, type OperationName } from './operation-names.ts';
import { OPERATIONS } from './operations/index.ts';
import type { OperationContext } from './operations/operation.ts';
import { rateLimiter } from './rate-limits.ts';
import type { Answer } from './wire-protocol.ts';

/** How often each operation was called, throttled and failed calls included. */
export type CallCount = Partial<Record<OperationName, number>>;

interface CallHandling {
  readonly answer: Answer;
  readonly calls: () => CallCount;
}

/** What happens to each call: it is counted, throttled or hit by a fault, carried out, and kept before it is answered. */
export const callHandling = (context: OperationContext, faults: Faults): CallHandling => {
  const limiter = rateLimiter();
  const counted: CallCount = {};
  const store: ClusterStore = context.store;

  return {
    calls: () => ({ ...counted }),
    async answer(operation, input) {
      if (!isOperationName(operation)) throw new EmrError('UnknownOperationException', '');
      counted[operation] = (counted[operation] ?? 0) + 1;
      if (useUp(faults.throttle, operation)) throw throttled();
      if (faults.rateLimits && !limiter.admits(operation, Date.now())) throw throttled();
      if (useUp(faults.errorNext, operation)) throw internalServerError();
      const answered = OPERATIONS[operation](context, input);
      await store.flush();
      if (operation === 'RunJobFlow' && faults.errorAfterLaunch > 0) {
        faults.errorAfterLaunch -= 1;
        throw internalServerError();
      }
      return answered;
    },
  };
};

import { callGate } from '../emulation/call-gate.ts';
import { rateLimiter } from '../emulation/rate-limiter.ts';
import { EmrError, internalServerError, throttled } from './emr-error.ts';
import type { Faults } from './faults.ts';
import { isOperationName, type OperationName } from './operation-names.ts';
import { OPERATIONS } from './operations/index.ts';
import type { OperationContext } from './operations/operation.ts';
import { limitsOf } from './rate-limits.ts';
import type { Answer } from './wire-protocol.ts';

/** How often each operation was called, throttled and failed calls included. */
export type CallCount = Partial<Record<OperationName, number>>;

interface CallHandling {
  readonly answer: Answer;
  readonly calls: () => CallCount;
}

/** After which `errorAfterLaunch` answers with an error nevertheless. */
const LAUNCHES: ReadonlySet<OperationName> = new Set(['RunJobFlow', 'StartSession']);

/** What happens to each call: it is counted, throttled or hit by a fault, carried out, and kept before it is answered. */
export const callHandling = (
  context: OperationContext,
  faults: Faults,
  flush: () => Promise<unknown>,
): CallHandling => {
  const gate = callGate(rateLimiter(limitsOf), faults, { throttled, failed: internalServerError });

  return {
    calls: () => gate.calls(),
    async answer(operation, input) {
      if (!isOperationName(operation)) throw new EmrError('UnknownOperationException', '');
      gate.enter(operation);
      const answered = await OPERATIONS[operation](context, input);
      await flush();
      if (LAUNCHES.has(operation) && faults.errorAfterLaunch > 0) {
        faults.errorAfterLaunch -= 1;
        throw internalServerError();
      }
      return answered;
    },
  };
};

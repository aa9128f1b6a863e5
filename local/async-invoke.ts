import type { Invoke } from './lambda.ts';

/** Lambda's own waits between the attempts of an asynchronous invocation. */
const RETRY_DELAYS_MS = [60_000, 120_000];

/** Hands an event to a function without waiting for it, as EventBridge and Scheduler do. */
export type InvokeAsync = (functionArn: string, payload: unknown, limits?: AsyncLimits) => void;

/** What the function's asynchronous invocations are allowed. */
export interface AsyncLimits {
  readonly maximumAttempts?: number;
}

/**
 * Asynchronous invocation: a function that fails is tried again twice, then the event is dropped with a message.
 * @param report gets one line for each failed attempt
 */
export const asyncInvoker =
  (invoke: Invoke, report: (line: string) => void): InvokeAsync =>
  (functionArn, payload, { maximumAttempts = RETRY_DELAYS_MS.length + 1 } = {}) => {
    const attempt = async (count: number): Promise<void> => {
      try {
        await invoke(functionArn, payload);
      } catch (error) {
        const delay = count < maximumAttempts ? RETRY_DELAYS_MS[count - 1] : undefined;
        const fate = delay === undefined ? 'the event is dropped' : `again in ${delay / 1000} s`;
        const cause = error instanceof Error ? error.message : String(error);
        report(`${functionArn} failed (attempt ${count}, ${fate}): ${cause}; event ${JSON.stringify(payload)}`);
        if (delay !== undefined) setTimeout(() => void attempt(count + 1), delay);
      }
    };
    void attempt(1);
  };

import { AsyncLocalStorage } from 'node:async_hooks';

/** One invocation of a function: what calls the ports. */
export interface Caller {
  readonly name: string;
  /** Nothing that it calls is answered any more. */
  isDead: boolean;
  /** Calls of it that did not go well. */
  faults: number;
  readonly die: () => void;
}

export const callers = new AsyncLocalStorage<Caller>();

import { channel } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';

import { native } from './native-timers.ts';

/** Work that stands still this long waits for the clock (a back-off, say) and not for the machine. */
const STALL_MS = 40;
/** Bytes on their way to somebody else's process may take longer. */
const TRANSFER_STALL_MS = 1000;

/**
 * What this process is busy with, so that the clock moves on only when everything due has happened. HTTP requests
 * made and served here are seen by themselves; other work is handed to `track`.
 */
export class Activity {
  readonly #work = new Set<symbol>();
  readonly #transfers = new Set<symbol>();
  readonly #processes = new Set<symbol>();
  #changes = 0;
  #stalledAt = -1;
  #wake: () => void = () => {};
  readonly #subscriptions: (() => void)[] = [];

  /** Counts HTTP requests from now on, except those served under a path for which `isControl` says yes. */
  watchHttp(isControl: (url: string) => boolean): void {
    this.#subscribe('http.client.request.created', (message) => {
      (message as { request: ClientRequest }).request.once('close', this.#begin(this.#transfers));
    });
    this.#subscribe('http.server.request.start', (message) => {
      const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
      if (!isControl(request.url ?? '/')) response.once('close', this.#begin(this.#transfers));
    });
    const fetches = new WeakMap<object, () => void>();
    const fetchEnded = (message: unknown): void => fetches.get((message as { request: object }).request)?.();
    this.#subscribe('undici:request:create', (message) => {
      fetches.set((message as { request: object }).request, this.#begin(this.#transfers));
    });
    this.#subscribe('undici:request:trailers', fetchEnded);
    this.#subscribe('undici:request:error', fetchEnded);
  }

  /** Counts the work until its promise settles. */
  async track<T>(work: () => Promise<T>): Promise<T> {
    const end = this.#begin(this.#work);
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** Counts a request that is answered without a socket, as {@link watchHttp} counts the others. */
  async trackRequest<T>(work: () => Promise<T>): Promise<T> {
    const end = this.#begin(this.#transfers);
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** Counts work that takes the machine's own time, but no longer than it is worth to let the clock stand for it. */
  async trackForAtMost<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
    const end = this.#begin(this.#processes);
    const timer = native.setTimeout(end, milliseconds);
    try {
      return await work();
    } finally {
      native.clearTimeout(timer);
      end();
    }
  }

  /** Resolves when nothing is under way any more but what waits for the clock. */
  async settled(): Promise<void> {
    for (;;) {
      await eventLoopTurns();
      if (this.#idle || (this.#changes === this.#stalledAt && this.#processes.size === 0)) return;
      const before = this.#changes;
      const isRunning = this.#processes.size > 0;
      await this.#changeWithin(isRunning || this.#transfers.size > 0 ? TRANSFER_STALL_MS : STALL_MS);
      if (this.#changes === before && !isRunning) this.#stalledAt = before;
    }
  }

  close(): void {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
  }

  get #idle(): boolean {
    return this.#work.size === 0 && this.#transfers.size === 0 && this.#processes.size === 0;
  }

  #begin(kind: Set<symbol>): () => void {
    const item = Symbol('work');
    kind.add(item);
    this.#changed();
    return () => {
      if (kind.delete(item)) this.#changed();
    };
  }

  #changed(): void {
    this.#changes += 1;
    this.#wake();
  }

  #changeWithin(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = native.setTimeout(resolve, milliseconds);
      this.#wake = () => {
        native.clearTimeout(timer);
        resolve();
      };
    });
  }

  #subscribe(name: string, listener: (message: unknown) => void): void {
    channel(name).subscribe(listener);
    this.#subscriptions.push(() => channel(name).unsubscribe(listener));
  }
}

/** Long enough for promises, closed sockets and their followers to have their say. */
const eventLoopTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

import { randomBytes } from 'node:crypto';

import { AwsError } from '../aws-json.ts';

/** Who waits for a token: a state of an execution. */
export interface TokenOwner {
  readonly executionArn: string;
  readonly stateName: string;
}

/** A task that failed by its own report, or did not report in time; Retry and Catch match its name. */
export class TaskFailed extends Error {
  override readonly name: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.name = error;
  }
}

interface WaitingTask {
  readonly owner: TokenOwner;
  readonly complete: (output: unknown) => void;
  readonly fail: (error: Error) => void;
  /** Puts the heartbeat's deadline off. */
  readonly heartbeat: () => void;
  readonly stop: () => void;
}

/** Tokens that tasks wait for, and those they waited for in vain. */
export class TaskTokens {
  readonly #waiting = new Map<string, WaitingTask>();
  readonly #gone = new Set<string>();

  /** Waits until the token comes back. @param heartbeatSeconds null where no heartbeat is asked for */
  wait(token: string, owner: TokenOwner, heartbeatSeconds: number | null): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    let timer: NodeJS.Timeout | undefined;
    const heartbeat = (): void => {
      clearTimeout(timer);
      if (heartbeatSeconds === null) return;
      timer = setTimeout(() => {
        this.#forget(token);
        reject(new TaskFailed('States.HeartbeatTimeout', ''));
      }, heartbeatSeconds * 1000);
    };
    heartbeat();
    this.#waiting.set(token, { owner, complete: resolve, fail: reject, heartbeat, stop: () => clearTimeout(timer) });
    return promise;
  }

  succeed(token: string, output: unknown): void {
    this.#take(token).complete(output);
  }

  fail(token: string, error: string, cause: string): void {
    this.#take(token).fail(new TaskFailed(error, cause));
  }

  heartbeat(token: string): void {
    this.#find(token).heartbeat();
  }

  /** The execution, or only its named state, waits no more: it went on, timed out or ended. */
  forget(executionArn: string, stateName?: string): void {
    for (const [token, { owner }] of this.#waiting) {
      if (owner.executionArn === executionArn && (stateName === undefined || owner.stateName === stateName)) {
        this.#forget(token);
      }
    }
  }

  #take(token: string): WaitingTask {
    const task = this.#find(token);
    this.#forget(token);
    return task;
  }

  #find(token: string): WaitingTask {
    const task = this.#waiting.get(token);
    if (task !== undefined) return task;
    if (this.#gone.has(token)) {
      throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  }

  #forget(token: string): void {
    this.#waiting.get(token)?.stop();
    this.#waiting.delete(token);
    this.#gone.add(token);
  }
}

/** Gives out one token for each task, however often its state mentions it. */
export interface TokenDispenser {
  /** The context object's `Task`. Its own property, since JSONPath looks at no other. */
  readonly task: { readonly Token: string };
  /** The token that the state's parameters carry, given up for the next task. */
  readonly take: () => string;
}

export const tokenDispenser = (): TokenDispenser => {
  let current: string | null = null;
  const token = (): string => (current ??= randomBytes(48).toString('base64url'));
  return {
    task: {
      get Token() {
        return token();
      },
    },
    take() {
      const taken = token();
      current = null;
      return taken;
    },
  };
};

import { useEffect, useRef, useState } from 'react';

import type { Connection } from '../../shared/contract/connection.ts';
import { ApiError } from '../lib/api-error.ts';

export type Connect = (signal: AbortSignal) => Promise<Connection>;

interface ConnectionState {
  readonly isBusy: boolean;
  /** What was asked for is being prepared: the words of the portal. */
  readonly preparing?: string;
  readonly connection?: Connection;
  readonly error?: Error;
}

/** EMR takes about half a minute, and its limits are of the whole account. */
const AGAIN_MS = 5000;

const isNotReady = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.type === '/problems/not-ready';

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Asks for a connection, again and again while it is being prepared. What is answered is kept only while the page is open. */
export const useConnection = (connect: Connect) => {
  const [state, setState] = useState<ConnectionState>({ isBusy: false });
  const asking = useRef<AbortController>(null);
  useEffect(() => () => asking.current?.abort(), []);

  /** The next state; null where the same is to be asked again. */
  const answered = async (signal: AbortSignal): Promise<ConnectionState | null> => {
    try {
      return { isBusy: false, connection: await connect(signal) };
    } catch (error) {
      if (!isNotReady(error))
        return { isBusy: false, error: error instanceof Error ? error : new Error(String(error)) };
      if (!signal.aborted) setState({ isBusy: true, preparing: error.message });
      return null;
    }
  };

  const ask = async (): Promise<void> => {
    const { signal } = (asking.current = new AbortController());
    setState(({ connection }) => ({ isBusy: true, ...(connection === undefined ? {} : { connection }) }));
    while (!signal.aborted) {
      const next = await answered(signal);
      if (next !== null && !signal.aborted) setState(next);
      if (next !== null) return;
      await pause(AGAIN_MS);
    }
  };
  return { ...state, ask };
};

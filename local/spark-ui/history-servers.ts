import path from 'node:path';

import { native } from '../native-timers.ts';
import { workPaths, type SparkPaths } from '../spark/paths.ts';
import { startHistoryServer, type HistoryServer } from './history-server.ts';

export interface HistoryServers {
  /** The port of the server over a folder of event logs, started where it is not running. @throws HistoryServerFailed */
  portOf(spark: SparkPaths, logs: string): Promise<number>;
  close(): Promise<void>;
}

/** Each takes up to 512 MB: the one that was used longest ago gives way to another. */
const MOST = 2;
const IDLE_MS = 5 * 60_000;

interface Running {
  readonly server: Promise<HistoryServer>;
  idle: NodeJS.Timeout | null;
}

/** History servers on demand, one for each folder of logs, so that none shows what another's address was made for. */
export const historyServers = (localDirectory: string): HistoryServers => {
  // In the order of their last use.
  const running = new Map<string, Running>();
  let started = 0;

  const stop = async (logs: string): Promise<void> => {
    const entry = running.get(logs);
    running.delete(logs);
    if (entry === undefined) return;
    if (entry.idle !== null) native.clearTimeout(entry.idle);
    await entry.server.then((server) => server.stop()).catch(() => {});
  };

  const start = (spark: SparkPaths, logs: string): Running => {
    const scratch = path.join(workPaths(localDirectory).steps, `history-${process.pid}-${(started += 1)}`);
    return { server: startHistoryServer(spark, logs, scratch), idle: null };
  };

  return {
    async portOf(spark, logs) {
      const entry = running.get(logs) ?? start(spark, logs);
      running.delete(logs);
      running.set(logs, entry);
      const [oldest] = running.keys();
      if (running.size > MOST && oldest !== undefined) await stop(oldest);
      if (entry.idle !== null) native.clearTimeout(entry.idle);
      entry.idle = native.setTimeout(() => void stop(logs), IDLE_MS);
      entry.idle.unref();
      try {
        return (await entry.server).port;
      } catch (error) {
        await stop(logs);
        throw error;
      }
    },
    async close() {
      await Promise.all([...running.keys()].map(stop));
    },
  };
};

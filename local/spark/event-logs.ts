import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import { native } from '../native-timers.ts';
import { workPaths } from './paths.ts';

/** As long as AWS keeps them. */
const KEPT_MS = 30 * 24 * 3_600_000;

/**
 * The folder for the event logs of a cluster, a job run or a session; made when it is not there.
 * @param id of EMR: letters, digits and dashes
 */
export const eventLogsOf = (localDirectory: string, id: string): string => {
  const folder = path.join(workPaths(localDirectory).eventLogs, id);
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** Removes folders that nothing was written to for 30 days. */
export const removeOldEventLogs = (localDirectory: string): void => {
  const { eventLogs } = workPaths(localDirectory);
  mkdirSync(eventLogs, { recursive: true });
  for (const name of readdirSync(eventLogs)) {
    const folder = path.join(eventLogs, name);
    if (statSync(folder).mtimeMs < native.Date.now() - KEPT_MS) rmSync(folder, { recursive: true, force: true });
  }
};

/** The applications whose logs a folder has: Spark names a log, or a folder of rolled ones, by its application. */
export const applicationsIn = (folder: string): readonly string[] => {
  const ids = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => name.replace(/^eventlog_v2_/, '').replace(/(\.(zstd|lz4|lzf|snappy))?(\.inprogress)?$/, ''));
  return [...new Set(ids)];
};

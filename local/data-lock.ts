import path from 'node:path';

import { Level } from 'level';

import { StartupError } from './startup-error.ts';

/**
 * Makes the data directory this process's own until it ends, however it ends: LevelDB's lock is one of the system's.
 * @throws StartupError where another stack has it
 */
export const lockData = async (dataDirectory: string): Promise<void> => {
  try {
    await new Level(path.join(dataDirectory, 'lock')).open();
  } catch (error) {
    throw new StartupError(
      isLocked(error)
        ? `The data in ${dataDirectory} is in use by another running stack. Stop it, or start with another ATMO_LOCAL_DIR.`
        : `The local data in ${dataDirectory} is damaged. Move it away to start afresh.`,
      { cause: error },
    );
  }
};

/** Whether LevelDB refuses because another process has its folder open. */
export const isLocked = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'LEVEL_LOCKED';

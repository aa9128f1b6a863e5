import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type * as z from 'zod';

import { StartupError } from './startup-error.ts';

/** What a server keeps across restarts, as one JSON file. */
export interface StateFile<T> {
  readonly value: T;
  /** Replaces the content; a crash leaves either the old or the new one. */
  write(value: T): void;
}

/**
 * Opens a state file, or begins with `initial` where there is none yet.
 * @throws StartupError where the file is there but cannot be read, or cannot be written
 */
export const openStateFile = <T>(file: string, schema: z.ZodType<T>, initial: T): StateFile<T> => {
  const write = (value: T): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    const draft = `${file}.new`;
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
    renameSync(draft, file);
  };
  return { value: read(file, schema) ?? initial, write };
};

const read = <T>(file: string, schema: z.ZodType<T>): T | undefined => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw damaged(file, error);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw damaged(file, error);
  }
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const damaged = (file: string, cause: unknown): StartupError =>
  new StartupError(`The local data file ${file} is damaged. Move ${path.dirname(file)} away to start afresh.`, {
    cause,
  });

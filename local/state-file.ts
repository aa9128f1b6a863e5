import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type * as z from 'zod';

import { noteLoss, setAside } from './data-loss.ts';

/** What a server keeps across restarts, as one JSON file. */
export interface StateFile<T> {
  readonly value: T;
  /** Replaces the content; a crash leaves either the old or the new one. */
  write(value: T): void;
}

/**
 * Opens a state file, or begins with `initial` where there is none yet or where it is damaged, which is noted.
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
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (isMissing(error)) return undefined;
    noteLoss(`${file} is damaged and begins anew. What it held: ${setAside(file)}`);
    return undefined;
  }
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

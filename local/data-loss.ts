import { renameSync, rmSync } from 'node:fs';

const lines: string[] = [];

/** Logs a data loss, permanent or until it is repaired, and keeps the line for the terminal. */
export const noteLoss = (line: string): void => {
  console.error(line);
  lines.push(line);
};

/** Losses since the last call. */
export const takeLosses = (): readonly string[] => lines.splice(0);

/** Moves a damaged file or folder out of the way. @returns where it is now */
export const setAside = (file: string): string => {
  const aside = `${file}.damaged`;
  rmSync(aside, { recursive: true, force: true });
  renameSync(file, aside);
  return aside;
};

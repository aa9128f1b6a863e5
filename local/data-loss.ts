import { renameSync, rmSync } from 'node:fs';

const lines: string[] = [];

/** Logs that data is lost, for good or until somebody repairs it, and keeps the line for who starts the stack. */
export const noteLoss = (line: string): void => {
  console.error(line);
  lines.push(line);
};

/** What was noted since the last time. */
export const takeLosses = (): readonly string[] => lines.splice(0);

/** Moves a damaged file or folder out of the way. @returns where it is now */
export const setAside = (file: string): string => {
  const aside = `${file}.damaged`;
  rmSync(aside, { recursive: true, force: true });
  renameSync(file, aside);
  return aside;
};

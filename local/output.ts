import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Output to the terminal that started the stack, and to its log. */
export interface Output {
  /** For the person at the terminal. */
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  /** For the log file. */
  readonly log: (line: string) => void;
  readonly logFile: string;
}

type Write = typeof process.stdout.write;

/** Keeps the terminal for the stack's own few lines: what functions and libraries write goes to a log file. */
export const separateOutput = (dataDirectory: string): Output => {
  const logFile = path.join(dataDirectory, 'stack.log');
  mkdirSync(dataDirectory, { recursive: true });
  const descriptor = openSync(logFile, 'w');
  process.once('exit', () => closeSync(descriptor));
  const stdout: Write = process.stdout.write.bind(process.stdout);
  const stderr: Write = process.stderr.write.bind(process.stderr);
  const toLog: Write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    writeSync(descriptor, Buffer.from(chunk as string));
    const done = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
    if (done !== undefined) queueMicrotask(done);
    return true;
  };
  process.stdout.write = toLog;
  process.stderr.write = toLog;
  return {
    print: (line) => void stdout(`${line}\n`),
    complain: (line) => void stderr(`${line}\n`),
    log: (line) => void toLog(`${new Date().toISOString()} ${line}\n`),
    logFile,
  };
};

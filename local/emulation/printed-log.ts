import type { ExecutionLog } from './executions.ts';

// A notebook that prints in a loop must not eat this process's memory.
const LONGEST_LOG = 20 * 1024 * 1024;

const collector = (): { add: (chunk: string | Uint8Array) => void; bytes: () => Uint8Array } => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    add(chunk) {
      if (size >= LONGEST_LOG) return;
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      size += bytes.byteLength;
      chunks.push(bytes);
      if (size >= LONGEST_LOG) chunks.push(Buffer.from('\n(the rest of this log was dropped: too long)\n'));
    },
    bytes: () => Buffer.concat(chunks),
  };
};

/** What an execution printed, and what the service says about it. */
export interface PrintedLog extends ExecutionLog {
  controller(line: string, at: number): void;
  files(): Record<'controller' | 'stderr' | 'stdout', Uint8Array>;
  /** The last line of stderr with something on it. */
  lastError(): string | null;
}

export const printedLog = (): PrintedLog => {
  const stdout = collector();
  const stderr = collector();
  const controller = collector();
  return {
    stdout: stdout.add,
    stderr: stderr.add,
    controller: (line, at) => controller.add(`${new Date(at).toISOString()} INFO ${line}\n`),
    files: () => ({ controller: controller.bytes(), stderr: stderr.bytes(), stdout: stdout.bytes() }),
    lastError: () =>
      Buffer.from(stderr.bytes())
        .toString('utf8')
        .split('\n')
        .findLast((line) => line.trim() !== '')
        ?.trim() ?? null,
  };
};

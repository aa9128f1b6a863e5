import { appendFileSync, writeFileSync } from 'node:fs';

import * as z from 'zod';

import { readLineFile } from '../line-file.ts';

const StoredExecution = z.object({
  arn: z.string(),
  name: z.string(),
  machineArn: z.string(),
  /** JSON, as it was sent. */
  input: z.string(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
  /** Milliseconds since the epoch. */
  startedAt: z.number(),
  stoppedAt: z.number().optional(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});
export type StoredExecution = Readonly<z.infer<typeof StoredExecution>>;

/** What became of each execution; names stay taken across restarts. */
export interface ExecutionStore {
  get(arn: string): StoredExecution | undefined;
  put(execution: StoredExecution): void;
  all(): readonly StoredExecution[];
}

/** Keeps executions in a file, one line for each change. */
export const openExecutionStore = (file: string): ExecutionStore => {
  const executions = readExecutions(file);
  const now = Date.now();
  for (const execution of executions.values()) {
    if (execution.status !== 'RUNNING') continue;
    const aborted = { status: 'ABORTED', stoppedAt: now, cause: 'The local stack was stopped.' } as const;
    executions.set(execution.arn, { ...execution, ...aborted });
  }
  // Rewritten once, so that the file holds one line for each execution again.
  writeFileSync(file, [...executions.values()].map(lineOf).join(''));
  return {
    get: (arn) => executions.get(arn),
    all: () => [...executions.values()],
    put(execution) {
      executions.set(execution.arn, execution);
      appendFileSync(file, lineOf(execution));
    },
  };
};

const lineOf = (execution: StoredExecution): string => `${JSON.stringify(execution)}\n`;

const readExecutions = (file: string): Map<string, StoredExecution> =>
  new Map(readLineFile(file, (line) => StoredExecution.parse(line)).map((execution) => [execution.arn, execution]));

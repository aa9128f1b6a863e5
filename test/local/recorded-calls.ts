import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A call of the SDK by a function. Times in milliseconds of one clock. */
export interface AwsCall {
  /** Service and operation. */
  readonly name: string;
  readonly from: number;
  /** Null where it went on when the invocation ended. */
  readonly until: number | null;
}

/** What a function of the local stack was invoked for, and which calls it made. */
export interface Invocation {
  readonly function: string;
  readonly payload: unknown;
  readonly from: number;
  readonly until: number;
  readonly calls: readonly AwsCall[];
}

/** Flags of Node for a stack that records. */
export const RECORDING = ['--import', fileURLToPath(new URL('call-recorder.ts', import.meta.url))];

export const recordOf = (directory: string): string => path.join(directory, 'calls.ndjson');

/** All that ended so far, in the order in which they did. */
export const recordedCalls = (directory: string): readonly Invocation[] =>
  readFileSync(recordOf(directory), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Invocation);

/** How often each operation was called, by name. */
const countsByName = ({ calls }: Invocation): string => {
  const counts = new Map<string, number>();
  for (const { name } of calls) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
};

/** Of the invocation that made the fewest: what else happens at the time, and what is not yet kept in memory, only adds some. */
export const fewestCalls = (invocations: readonly Invocation[]): string => {
  const [fewest] = invocations.toSorted((one, other) => one.calls.length - other.calls.length);
  return fewest === undefined ? 'not invoked' : countsByName(fewest);
};

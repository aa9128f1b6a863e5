import type { NotebookOutcome } from '../../shared/domain/run-outcome.ts';
import type { CellFailure } from '../../shared/domain/run.ts';

/** Bytes of UTF-8. An outcome becomes part of a job's item, which DynamoDB limits to 400 kB. */
export const MOST_BYTES = { text: 4000, traceback: 16_000 };

const STATUSES: readonly NotebookOutcome['status'][] = ['succeeded', 'failed', 'timedOut', 'notExecuted'];

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Whether a byte of UTF-8 goes on with the character that an earlier one began. */
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Keeps the last part, since the end of a traceback says most. */
const textOf = (value: unknown, most = MOST_BYTES.text): string => {
  if (typeof value !== 'string') return '';
  const bytes = Buffer.from(value);
  if (bytes.length <= most) return value;
  let start = bytes.length - most;
  while (isContinuation(bytes[start])) start += 1;
  return `…${bytes.toString('utf8', start)}`;
};

/** JSON also has 1e400 and 1e200, which DynamoDB refuses. */
const cellOf = (value: unknown): number | null => (Number.isSafeInteger(value) ? Number(value) : null);

const failureOf = (value: unknown): CellFailure | null =>
  isObject(value)
    ? {
        cell: cellOf(value['cell']),
        source: textOf(value['source']),
        errorName: textOf(value['errorName']),
        errorValue: textOf(value['errorValue']),
        traceback: textOf(value['traceback'], MOST_BYTES.traceback),
      }
    : null;

const parsed = (content: string): unknown => {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return null;
  }
};

/**
 * Parses `outcome.json` of the run-notebook step; null if it is invalid. Parsed by hand: a schema library would double
 * what the workflow's function loads on a cold start, for this one file.
 */
export const parsedOutcome = (content: string): NotebookOutcome | null => {
  const file = parsed(content);
  if (!isObject(file)) return null;
  const status = STATUSES.find((known) => known === file['status']);
  if (status === undefined) return null;
  return { status, failure: failureOf(file['failure']), reason: textOf(file['reason']) || null };
};

import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import type { NotebookProgress } from '../../shared/domain/run-stages.ts';

/** Bytes. The notebook may write this file too on EMR Serverless, whose driver has the rights of the run. */
export const MAX_PROGRESS = 2000;

const count = (value: unknown): number | null =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null;

const instant = (value: unknown): Instant | null => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : toInstant(time);
};

/** Parses `progress.json` of the run-notebook step; null if it is invalid. */
export const parsedProgress = (content: string): NotebookProgress | null => {
  try {
    const file = JSON.parse(content) as unknown;
    if (typeof file !== 'object' || file === null) return null;
    const { cell, cells, startedAt, uploadingSince } = file as Readonly<Record<string, unknown>>;
    return {
      cell: count(cell),
      cells: count(cells),
      startedAt: instant(startedAt),
      uploadingSince: instant(uploadingSince),
    };
  } catch {
    return null;
  }
};

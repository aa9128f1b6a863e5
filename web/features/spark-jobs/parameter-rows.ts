import type { NotebookCheckView } from '../../../shared/contract/spark-job.ts';
import { isExactNumber, parseExactJson } from '../../../shared/domain/exact-json.ts';
import type { Parameters, ParameterValue } from '../../../shared/domain/parameters.ts';

/** A parameter as typed. */
export interface ParameterRow {
  readonly name: string;
  readonly value: string;
}

/** Parses JSON; any other input is text. Numbers keep their digits. */
export const valueOf = (text: string): ParameterValue => {
  try {
    return parseExactJson(text) as ParameterValue;
  } catch {
    return text;
  }
};

/** The inverse of `valueOf`: text that looks like JSON is quoted. */
export const textOf = (value: ParameterValue): string =>
  typeof value === 'string' && valueOf(value) === value ? value : JSON.stringify(value);

export const rowsOf = (parameters: Parameters): ParameterRow[] =>
  Object.entries(parameters).map(([name, value]) => ({ name, value: textOf(value) }));

/** The request's list of parameters. A list, since an object could not report duplicate names. Empty rows are dropped. */
export const requestOf = (rows: readonly ParameterRow[]): { name: string; value: ParameterValue }[] =>
  rows
    .filter(({ name, value }) => name !== '' || value !== '')
    .map(({ name, value }) => ({ name, value: valueOf(value) }));

/** A parameter with a default in the notebook. */
export type OfferedParameter = NotebookCheckView['parameters'][number];

/**
 * Rows for the notebook's parameters that no row sets yet, with their defaults. One that the notebook computes is left out: it
 * stays as it is without a row, and an empty row would replace it by empty text.
 */
export const offeredRows = (
  rows: readonly ParameterRow[],
  offered: readonly OfferedParameter[],
): readonly ParameterRow[] =>
  offered
    .filter(({ default: value, type }) => value !== null || type === 'None')
    .filter(({ name }) => rows.every((row) => row.name !== name))
    .map(({ name, default: value }) => ({ name, value: textOf(value) }));

/** The Python type that the notebook will get. */
export const kindOf = (text: string): string => {
  const value = valueOf(text);
  if (value === null) return 'None';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' || isExactNumber(value)) return 'a number';
  if (typeof value === 'object') return 'a dictionary';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return 'text';
};

import type { NotebookCheckView } from '../../../shared/contract/routes/spark-jobs.ts';
import { isExactNumber, parseExactJson } from '../../../shared/domain/exact-json.ts';
import type { Parameters, ParameterValue } from '../../../shared/domain/parameters.ts';

/** A parameter as it is typed. */
export interface ParameterRow {
  readonly name: string;
  readonly value: string;
}

/** JSON where it is JSON, text otherwise. Numbers keep their digits. */
export const valueOf = (text: string): ParameterValue => {
  try {
    return parseExactJson(text) as ParameterValue;
  } catch {
    return text;
  }
};

/** How a value is typed so that it is read back as it is: text that looks like JSON is quoted. */
export const textOf = (value: ParameterValue): string =>
  typeof value === 'string' && valueOf(value) === value ? value : JSON.stringify(value);

export const rowsOf = (parameters: Parameters): ParameterRow[] =>
  Object.entries(parameters).map(([name, value]) => ({ name, value: textOf(value) }));

/** The list that the contract takes, which unlike an object can tell of a name given twice. Empty rows say nothing. */
export const requestOf = (rows: readonly ParameterRow[]): { name: string; value: ParameterValue }[] =>
  rows
    .filter(({ name, value }) => name !== '' || value !== '')
    .map(({ name, value }) => ({ name, value: valueOf(value) }));

/** A parameter that a notebook has a default for. */
export type OfferedParameter = NotebookCheckView['parameters'][number];

/** What a notebook offers and no row sets yet, with its defaults; of a computed default nothing is known. */
export const offeredRows = (
  rows: readonly ParameterRow[],
  offered: readonly OfferedParameter[],
): readonly ParameterRow[] =>
  offered
    .filter(({ name }) => rows.every((row) => row.name !== name))
    .map(({ name, default: value, type }) => ({ name, value: value === null && type !== 'None' ? '' : textOf(value) }));

/** What the notebook will get, for the person who types it. */
export const kindOf = (text: string): string => {
  const value = valueOf(text);
  if (value === null) return 'None';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' || isExactNumber(value)) return 'a number';
  if (typeof value === 'object') return 'a dictionary';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return 'text';
};

import type { ParameterValue } from '../../../shared/domain/parameters.ts';

/** A parameter as it is typed. */
export interface ParameterRow {
  readonly name: string;
  readonly value: string;
}

/** JSON where it is JSON, text otherwise. Numbers that JavaScript would round stay text. */
export const valueOf = (text: string): ParameterValue => {
  try {
    const value = JSON.parse(text) as ParameterValue;
    return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
  } catch {
    return text;
  }
};

/** How a value is typed so that it is read back as it is: text that looks like JSON is quoted. */
export const textOf = (value: ParameterValue): string =>
  typeof value === 'string' && valueOf(value) === value ? value : JSON.stringify(value);

export const rowsOf = (parameters: Readonly<Record<string, ParameterValue>>): ParameterRow[] =>
  Object.entries(parameters).map(([name, value]) => ({ name, value: textOf(value) }));

/** The list that the contract takes, which unlike an object can tell of a name given twice. Empty rows say nothing. */
export const requestOf = (rows: readonly ParameterRow[]): { name: string; value: ParameterValue }[] =>
  rows
    .filter(({ name, value }) => name !== '' || value !== '')
    .map(({ name, value }) => ({ name, value: valueOf(value) }));

/** What the notebook will get, for the person who types it. */
export const kindOf = (text: string): string => {
  const value = valueOf(text);
  if (value === null) return 'None';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a dictionary';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? 'a number' : 'text';
};

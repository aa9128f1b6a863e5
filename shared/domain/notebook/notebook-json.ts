export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((line) => typeof line === 'string');

/** A value that is absent or null in the file. */
export const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null;

/** A text that Jupyter saves as a string or as a list of lines. */
export const joinedSource = (source: unknown): string =>
  isStrings(source) ? source.join('') : typeof source === 'string' ? source : '';

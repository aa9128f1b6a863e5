/** A field that differs, dotted, with both values; undefined where one side lacks it. */
export interface Difference {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const below = (field: string, name: string): string => (field === '' ? name : `${field}.${name}`);

/** Fields of objects one by one; lists as wholes. In the order of the fields. */
export const differences = (before: unknown, after: unknown, field = ''): readonly Difference[] => {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differences(before[name], after[name], below(field, name)));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ field, before, after }];
};

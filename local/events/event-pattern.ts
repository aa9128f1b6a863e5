/** An event pattern: for each field the values or conditions of which one must hold. */
export type EventPattern = { readonly [field: string]: EventPattern | readonly unknown[] };

type Condition = Readonly<Record<string, unknown>>;

/** Conditions of a pattern by name; each says whether a value meets what is written beside the name. */
const CONDITIONS: Readonly<Record<string, (value: unknown, wanted: unknown) => boolean>> = {
  prefix: (value, wanted) => typeof value === 'string' && value.startsWith(String(wanted)),
  suffix: (value, wanted) => typeof value === 'string' && value.endsWith(String(wanted)),
  'equals-ignore-case': (value, wanted) =>
    typeof value === 'string' && value.toLowerCase() === String(wanted).toLowerCase(),
  'anything-but': (value, wanted) =>
    value !== undefined && !(Array.isArray(wanted) ? wanted : [wanted]).some((one) => matchesOne(value, one)),
  exists: (value, wanted) => (value !== undefined) === wanted,
  numeric: (value, wanted) => typeof value === 'number' && isWithin(value, wanted as readonly (string | number)[]),
  wildcard: (value, wanted) => typeof value === 'string' && wildcardExpression(String(wanted)).test(value),
};

/** @throws Error where the pattern has a condition that is not known here, rather than to match wrongly */
export const matchesPattern = (pattern: EventPattern, event: unknown): boolean =>
  Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') return (wanted as readonly EventPattern[]).some((one) => matchesPattern(one, event));
    const value = isObject(event) ? event[field] : undefined;
    if (!Array.isArray(wanted)) return matchesPattern(wanted as EventPattern, value);
    // A list in the event matches where one of its elements does.
    const values: unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
    return values.some((one) => wanted.some((condition) => matchesOne(one, condition)));
  });

const matchesOne = (value: unknown, condition: unknown): boolean => {
  if (!isObject(condition)) return value === condition;
  return Object.entries(condition).every(([name, wanted]) => {
    const holds = CONDITIONS[name];
    if (holds === undefined) throw new Error(`The event pattern condition '${name}' is not known locally.`);
    return holds(value, wanted);
  });
};

const isObject = (value: unknown): value is Condition =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWithin = (value: number, comparisons: readonly (string | number)[]): boolean => {
  for (let index = 0; index < comparisons.length; index += 2) {
    const limit = Number(comparisons[index + 1]);
    const holds = {
      '=': value === limit,
      '<': value < limit,
      '<=': value <= limit,
      '>': value > limit,
      '>=': value >= limit,
    };
    if (!holds[comparisons[index] as keyof typeof holds]) return false;
  }
  return true;
};

const wildcardExpression = (wildcard: string): RegExp => {
  const parts = wildcard.split('*').map((part) => part.replaceAll(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
};

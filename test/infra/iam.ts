import { listOf, readable } from './readable.ts';

/** A statement as a template or AWS has it. */
export interface Statement {
  readonly Effect: string;
  readonly Action: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What one call needs of one resource. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys, as `aws:ResourceTag/Environment`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** `*` stands for any characters, `?` for one. */
const isLike = (pattern: string, text: string): boolean => {
  const escaped = pattern.replaceAll(/[\\^$.+()[\]{}|]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
};

/** An operator that is not here would make a test pass by being left out. */
const OPERATORS: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
  StringEquals: (pattern, value) => pattern === value,
  StringLike: isLike,
  ArnEquals: isLike,
  Bool: (pattern, value) => pattern === value,
  // For a request with one value of the key.
  'ForAllValues:StringEquals': (pattern, value) => pattern === value,
  'ForAllValues:StringLike': isLike,
};

const holds = (
  operator: string,
  keys: Readonly<Record<string, unknown>>,
  context: Readonly<Record<string, string>>,
) => {
  const compare = OPERATORS[operator];
  if (compare === undefined) throw new Error(`${operator} is not evaluated here`);
  return Object.entries(keys).every(([key, patterns]) => {
    const value = context[key];
    return value !== undefined && listOf(patterns).some((pattern) => compare(readable(pattern), value));
  });
};

/** Whether the statements let the call through: one allows it, and none denies it. */
export const isAllowed = (
  statements: readonly Statement[],
  { action, resource, context = {} }: AccessRequest,
): boolean => {
  const applying = statements.filter(
    ({ Action, Resource = '*', Condition = {} }) =>
      listOf(Action).some((pattern) => isLike(String(pattern), action)) &&
      listOf(Resource).some((pattern) => isLike(readable(pattern), resource)) &&
      Object.entries(Condition).every(([operator, keys]) => holds(operator, keys, context)),
  );
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny');
};

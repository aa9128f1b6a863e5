/** Python's keywords and `__debug__`, which cannot be assigned, and JavaScript's `__proto__`. */
const RESERVED = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in ' +
    'is lambda nonlocal not or pass raise return try while with yield __debug__ __proto__'
  ).split(' '),
);

const PATTERN = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

/** Why a parameter cannot have this name; null if it can. */
export const parameterNameProblem = (name: string): string | null => {
  if (RESERVED.has(name)) return `${name} is reserved and cannot be the name of a parameter. Choose another name.`;
  return PATTERN.test(name)
    ? null
    : 'Parameter names follow the rules of Python variables: letters, digits and underscores, not starting with a digit.';
};

export const isParameterName = (name: string): boolean => parameterNameProblem(name) === null;

/** A route that a request matched, with the values of its path parameters. */
export interface MatchedRoute<Target> {
  readonly routeKey: string;
  readonly target: Target;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface CompiledRoute<Target> {
  readonly routeKey: string;
  readonly target: Target;
  readonly method: string;
  readonly pattern: RegExp;
  /** More literal segments win, a greedy parameter loses. */
  readonly rank: number;
}

/** Finds a request's route as an HTTP API does: the most literal one, then `ANY`, then `$default`. */
export const routeTable = <Target>(
  routes: readonly { readonly routeKey: string; readonly target: Target }[],
): ((method: string, path: string) => MatchedRoute<Target> | null) => {
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  const compiled = routes
    .filter(({ routeKey }) => routeKey !== '$default')
    .map(compile)
    .toSorted((one, other) => other.rank - one.rank);
  return (method, path) => {
    for (const { routeKey, target, method: wanted, pattern } of compiled) {
      const match = wanted === method || wanted === 'ANY' ? pattern.exec(path) : null;
      if (match !== null) return { routeKey, target, pathParameters: decoded(match.groups ?? {}) };
    }
    return fallback === undefined ? null : { ...fallback, pathParameters: {} };
  };
};

const compile = <Target>({ routeKey, target }: { routeKey: string; target: Target }): CompiledRoute<Target> => {
  const [method = '', path = ''] = routeKey.split(' ');
  const segments = path.split('/').slice(1);
  const pattern = segments.map((segment) => {
    const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    if (name === undefined) return segment.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    return `(?<${name}>${plus === '+' ? '.+' : '[^/]+'})`;
  });
  const literal = segments.reduce(
    (rank, segment, index) => rank + (segment.startsWith('{') ? 0 : 2 ** (30 - index)),
    0,
  );
  return {
    routeKey,
    target,
    method,
    pattern: new RegExp(`^/${pattern.join('/')}$`),
    rank: (path.includes('+}') ? 0 : 2 ** 31) + literal + (method === 'ANY' ? 0 : 0.5),
  };
};

const decoded = (groups: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]));

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

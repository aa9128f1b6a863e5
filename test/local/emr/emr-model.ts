// How the SDK keeps EMR's model: a number for a plain type, a tuple for the others (kind first), or a function giving it.
const PLAIN_TYPES: Readonly<Record<number, string>> = { 0: 'string', 1: 'number', 2: 'boolean', 4: 'number' };
const LIST = 64;
const MAP = 128;
const LIST_TUPLE = 1;
const STRUCTURE_TUPLE = 3;

const resolved = (schema: unknown): unknown =>
  typeof schema === 'function' ? resolved((schema as () => unknown)()) : schema;

const ofList = (schema: unknown, value: unknown, path: string): string[] =>
  Array.isArray(value) ? value.flatMap((item: unknown) => strangers(schema, item, `${path}[]`)) : [path];

const entries = (value: unknown): [string, unknown][] | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null;

const ofPlain = (schema: number, value: unknown, path: string): string[] => {
  if (schema >= MAP) {
    return entries(value)?.flatMap(([key, item]) => strangers(schema - MAP, item, `${path}.${key}`)) ?? [path];
  }
  if (schema >= LIST) return ofList(schema - LIST, value, path);
  const type = PLAIN_TYPES[schema];
  if (type === undefined) throw new Error(`the SDK's model has an unknown type ${schema}`);
  return typeof value === type ? [] : [path];
};

/** Paths of members in an answer that the SDK's model of EMR does not have, or has with another type on the wire. */
export const strangers = (model: unknown, value: unknown, path = ''): string[] => {
  const schema = resolved(model);
  if (typeof schema === 'number') return ofPlain(schema, value, path);
  if (!Array.isArray(schema)) throw new Error(`the SDK's model is not understood at ${path}`);
  const [kind, , , , members, types] = schema as unknown[];
  if (kind === LIST_TUPLE) return ofList(members, value, path);
  if (kind !== STRUCTURE_TUPLE || !Array.isArray(members) || !Array.isArray(types)) {
    throw new Error(`the SDK's model is not understood at ${path}`);
  }
  return (
    entries(value)?.flatMap(([name, item]) => {
      const index = members.indexOf(name);
      return index === -1 ? [`${path}.${name}`] : strangers(types[index], item, `${path}.${name}`);
    }) ?? [path]
  );
};

import * as z from 'zod';

export type Json = { readonly [key: string]: unknown };

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** References within a schema become references within the document. */
const withReferences = (value: unknown, prefix: string): unknown => {
  if (Array.isArray(value)) return value.map((entry: unknown) => withReferences(entry, prefix));
  if (!isJson(value)) return value;
  const entries = Object.entries(value).map(([key, entry]) => [
    key,
    key === '$ref' && typeof entry === 'string'
      ? entry.replace(/^#\/\$defs\//, `#/components/schemas/${prefix}`)
      : withReferences(entry, prefix),
  ]);
  return Object.fromEntries(entries) as Json;
};

/** Turns Zod schemas into those of an OpenAPI document, collecting what they share or repeat in themselves. */
export const schemaCollector = () => {
  const components: Record<string, unknown> = {};
  return {
    components,
    /** @param name unique within the document */
    convert(name: string, schema: z.ZodType, io: 'input' | 'output'): Json {
      const { $schema: _dialect, $defs, ...converted } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
      for (const [key, definition] of Object.entries($defs ?? {}))
        components[`${name}${key}`] = withReferences(definition, name);
      return withReferences(converted, name) as Json;
    },
  };
};

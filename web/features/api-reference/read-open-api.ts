/** One request of the API, as its page shows it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly isForAdmins: boolean;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly isRequired: boolean }[];
  /** Schemas as JSON, with what they refer to put in their place. */
  readonly request: string | null;
  readonly status: string;
  readonly answer: string | null;
}

type Json = Readonly<Record<string, unknown>>;

/** Depth to which references are followed: schemas may refer to themselves. */
const MAX_DEPTH = 12;

const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const at = (document: Json, reference: string): unknown =>
  reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, key) => objectOf(value)[key], document);

/** A schema with the schemas that it refers to in their places. */
const resolved = (document: Json, value: unknown, depth = 0): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolved(document, item, depth));
  if (typeof value !== 'object' || value === null) return value;
  const reference = (value as Json)['$ref'];
  if (typeof reference === 'string')
    return depth > MAX_DEPTH ? reference : resolved(document, at(document, reference), depth + 1);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolved(document, part, depth)]));
};

const schemaIn = (document: Json, content: unknown): string | null => {
  const [media] = Object.values(objectOf(objectOf(content)['content']));
  const schema = objectOf(media)['schema'];
  return schema === undefined ? null : JSON.stringify(resolved(document, schema), null, 2);
};

const operationOf = (document: Json, path: string, method: string, operation: Json): Operation => {
  const [status = '', answer] =
    Object.entries(objectOf(operation['responses'])).find(([code]) => code !== 'default') ?? [];
  const parameters = Array.isArray(operation['parameters']) ? operation['parameters'].map(objectOf) : [];
  return {
    id: textOf(operation['operationId']),
    method: method.toUpperCase(),
    path,
    summary: textOf(operation['summary']),
    isForAdmins: operation['description'] === 'For admins.',
    parameters: parameters.map((parameter) => ({
      name: textOf(parameter['name']),
      in: textOf(parameter['in']),
      isRequired: parameter['required'] === true,
    })),
    request: operation['requestBody'] === undefined ? null : schemaIn(document, operation['requestBody']),
    status,
    answer: schemaIn(document, answer),
  };
};

/** The requests that an OpenAPI document describes, by tag, in its order. */
export const readOpenApi = (document: Json): ReadonlyMap<string, readonly Operation[]> => {
  const groups = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(objectOf(document['paths'])))
    for (const [method, described] of Object.entries(objectOf(methods))) {
      const operation = objectOf(described);
      const [tag = 'other'] = Array.isArray(operation['tags']) ? operation['tags'].map(textOf) : [];
      groups.set(tag, [...(groups.get(tag) ?? []), operationOf(document, path, method, operation)]);
    }
  return groups;
};

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { validated } from '../../../functions/runtime/validate.ts';
import { routes, type Route } from '../../../shared/contract/api.ts';
import { settingsBodyFor } from '../../../shared/contract/settings.ts';
import { InvalidInput, type FieldError } from '../../../shared/domain/errors.ts';

/** One of each type of JSON; the long text is over every limit, and the numbers are out of every range. */
const ANY: readonly unknown[] = [null, true, -1, 0.5, 1e300, '', 'x', '\u0001', 'x'.repeat(9000), [], ['x'], {}];

interface JsonSchema {
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** Values that are wrong at one place of the schema, at every depth; what an alternative is told by stays right. */
const wrongValues = (schema: JsonSchema): readonly unknown[] => {
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [], allOf = [] } = schema;
  const known = Object.entries(properties).flatMap(([name, one]) => ('const' in one ? [[name, one.const]] : []));
  const withField = (name: string, value: unknown): unknown => Object.fromEntries([...known, [name, value]]);
  return [
    ...ANY,
    ...Object.entries(properties).flatMap(([name, one]) => wrongValues(one).map((value) => withField(name, value))),
    ...(typeof additionalProperties === 'object'
      ? wrongValues(additionalProperties).map((value) => ({ x: value }))
      : []),
    ...(items === undefined ? [] : wrongValues(items).map((value) => [value])),
    ...[...anyOf, ...oneOf, ...allOf].flatMap(wrongValues),
    withField('x', 1),
  ];
};

const refusalsOf = (schema: z.ZodType, value: unknown, whole: string): readonly FieldError[] => {
  try {
    validated(schema, value, whole);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors;
    throw error;
  }
};

const inputSchema = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema;

const bodies = Object.entries<Route>(routes).flatMap(([name, { body }]) =>
  body === undefined ? [] : [[name, body] as const],
);
const queries = Object.entries<Route>(routes).flatMap(([name, { query }]) =>
  query === undefined ? [] : [[name, query] as const],
);

/** Zod's own sentences. */
const RAW = /invalid|expected|received|unrecognized|too (small|big)|must (have|be|match)/i;

/** What people could not read, or would read twice. */
const complaintsOf = (schema: z.ZodType, values: readonly unknown[], whole: string): readonly string[] => {
  const complaints = values.flatMap((value) => {
    const errors = refusalsOf(schema, value, whole);
    const fields = errors.map(({ field }) => field);
    return [
      ...errors.filter(({ message }) => RAW.test(message) || !/^[A-Z][^]*\.$/.test(message)),
      ...fields
        .filter((field, at) => fields.indexOf(field) < at)
        .map((field) => ({ field, message: 'a second error' })),
    ];
  });
  return [...new Set(complaints.map(({ field, message }) => `${field}: ${message}`))];
};

describe('a refusal', () => {
  it('is asked of every route with a body', () => {
    expect(bodies.length).toBeGreaterThan(25);
    expect(wrongValues(inputSchema(routes.putSettings.body)).length).toBeGreaterThan(200);
  });

  it.each(bodies)('of %s is in plain words, whatever the body is, once for each field', (_name, body) => {
    expect(complaintsOf(body, wrongValues(inputSchema(body)), 'body')).toEqual([]);
    expect(refusalsOf(body, [[]], 'body')).not.toEqual([]);
  });

  it.each([
    ['putSparkJobGrants', { grants: [null] }, 'grants.0', /^Give each entry as \{to, level\}/],
    ['putSparkJobGrants', { grants: [{ level: 'view' }] }, 'grants.0.to', /^Give a person as user:/],
    ['putSparkJobGrants', { grants: [{ to: 'user:bob', level: 'own' }] }, 'grants.0.level', /^Give level as view or/],
    ['reportBrowserError', { message: 1 }, 'message', /^Give message as text/],
    ['createNotebookUpload', { fileName: '', size: 1 }, 'fileName', /^Give the name of the notebook file/],
  ] as const)('of %s for %j names %s and the remedy', (name, given, field, remedy) => {
    const message: unknown = expect.stringMatching(remedy);
    expect(refusalsOf(routes[name].body, given, 'body')).toEqual([{ field, message }]);
  });

  it('of an instance type that is none has one error for each field', () => {
    const given = { masterInstanceType: 'Not one', coreInstanceType: 'nor one' };
    const fields = refusalsOf(
      settingsBodyFor(() => 'It has no price.'),
      given,
      'body',
    ).map(({ field }) => field);
    expect(fields.filter((field) => field in given)).toEqual(['masterInstanceType', 'coreInstanceType']);
  });

  it.each([
    ['launchCluster', 'size'],
    ['launchCluster', 'lifetime'],
    ['launchCluster', 'idleHours'],
    ['extendCluster', 'hours'],
    ['estimateCluster', 'size'],
    ['estimateCluster', 'lifetime'],
    ['startSession', 'size'],
    ['startSession', 'lifetime'],
    ['extendSession', 'hours'],
    ['estimateSession', 'size'],
    ['estimateSession', 'lifetime'],
    ['createSparkJob', 'size'],
    ['createSparkJob', 'timeout'],
    ['updateSparkJob', 'size'],
    ['updateSparkJob', 'timeout'],
    ['estimateSparkJob', 'size'],
    ['estimateSparkJob', 'timeout'],
  ] as const)('of %s for too high a %s is left to who knows the limit in force', (name, field) => {
    const refused = refusalsOf(routes[name].body, { [field]: 1_000_000 }, 'body');
    expect(refused.filter((error) => error.field === field)).toEqual([]);
  });

  it.each(queries)('of %s is in plain words, whatever the query is', (_name, query) => {
    const texts = ['', 'x', '-1', '0.5', '\u0001', 'x'.repeat(9000)];
    const given = [...Object.keys(query.shape), 'x'].flatMap((name) => texts.map((text) => ({ [name]: text })));
    expect(complaintsOf(query, given, 'query')).toEqual([]);
  });
});

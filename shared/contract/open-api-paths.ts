import type * as z from 'zod';

import type { Route } from './api.ts';
import { schemaCollector, type Json } from './open-api-schemas.ts';

export interface OpenApiPaths {
  readonly paths: Json;
  readonly schemas: Json;
}

type Collector = ReturnType<typeof schemaCollector>;

const problem: Json = {
  type: 'object',
  description: 'Problem details (RFC 9457)',
  required: ['type', 'title', 'status', 'detail', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      description: 'Every refused field of the input',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

/** Values of a query arrive as text; what they mean is the schema's output. */
const queryParameters = (name: string, query: z.ZodObject | undefined, schemas: Collector): Json[] =>
  Object.entries(query?.shape ?? {}).map(([parameter, schema]) => ({
    name: parameter,
    in: 'query',
    required: !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemas.convert(`${name}_${parameter}_`, schema as z.ZodType, 'output'),
  }));

const json = (schema: Json): Json => ({ 'application/json': { schema } });

const operation = (name: string, route: Route, schemas: Collector): Json => ({
  operationId: name,
  tags: [route.feature],
  summary: route.summary,
  security: route.access === 'anyone' ? [] : [{ session: [] }],
  ...(route.access === 'admin' ? { description: 'For admins.' } : {}),
  parameters: [...pathParameters(route.path), ...queryParameters(name, route.query, schemas)],
  ...(route.body === undefined
    ? {}
    : {
        requestBody: {
          required: !route.body.safeParse(undefined).success,
          content: json(schemas.convert(`${name}_request_`, route.body, 'input')),
        },
      }),
  responses: {
    [route.status]: {
      description: route.summary,
      ...(route.response === undefined
        ? {}
        : { content: json(schemas.convert(`${name}_response_`, route.response, 'output')) }),
    },
    default: {
      description: 'What went wrong',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  },
});

/** What the route table says of the API, the same on every stage. */
export const openApiPaths = (routes: Readonly<Record<string, Route>>): OpenApiPaths => {
  const schemas = schemaCollector();
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route, schemas) };
  }
  return { paths, schemas: { Problem: problem, ...schemas.components } };
};

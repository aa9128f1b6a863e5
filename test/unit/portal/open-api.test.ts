import { describe, expect, it } from 'vitest';

import { getOpenApi } from '../../../functions/portal/get-open-api.ts';
import { routes, type Route } from '../../../shared/contract/api.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters: { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { required: boolean; content: Record<string, { schema: Record<string, unknown> }> };
  readonly responses: Record<string, { content?: Record<string, { schema: object }> }>;
  readonly security: object[];
}

const document = (await getOpenApi({
  version: '2026.11.0',
  publicUrl: 'https://atmo.example.com',
  sessionCookie: 's',
})()) as unknown as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: object };
};
const operationOf = ({ method, path }: Route): Operation | undefined => document.paths[path]?.[method.toLowerCase()];

const references = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, entry]) =>
        key === '$ref' && typeof entry === 'string' ? [entry] : references(entry),
      );

describe('the OpenAPI document', () => {
  it('describes every route once, under a unique name', () => {
    expect(document.openapi).toBe('3.1.0');
    const names = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(names.toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  it.each(Object.entries(routes) as [string, Route][])('says of %s what it takes and answers', (_name, route) => {
    const operation = operationOf(route);
    const inPath = operation?.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
    expect(inPath).toEqual(route.path.match(/\{\w+\}/g) ?? []);
    const inQuery = operation?.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    expect(inQuery).toEqual(Object.keys(route.query?.shape ?? {}));
    expect(operation?.requestBody !== undefined).toBe(route.body !== undefined);
    expect(operation?.responses[route.status]?.content !== undefined).toBe(route.response !== undefined);
    expect(operation?.responses['default']?.content).toHaveProperty(['application/problem+json']);
    expect(operation?.security.length).toBe(route.access === 'anyone' ? 0 : 1);
  });

  it('refers to nothing that is not in it', () => {
    const missing = references(document)
      .map((reference) => reference.replace('#/components/schemas/', ''))
      .filter((name) => document.components.schemas[name] === undefined);
    expect(missing).toEqual([]);
    expect(JSON.stringify(document)).not.toContain('$defs');
  });

  it('asks for what clients send, not for what defaults make of it', () => {
    const launch = operationOf(routes.launchCluster)?.requestBody;
    expect(launch?.required).toBe(true);
    expect(launch?.content['application/json']?.schema['required']).toEqual(['identifier', 'sshKeyId', 'emrRelease']);
    const limit = operationOf(routes.listClusters)?.parameters.find(({ name }) => name === 'limit');
    expect(limit).toMatchObject({
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
    });
  });
});

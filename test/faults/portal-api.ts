import type { Person } from '../../shared/domain/person.ts';
import type { FunctionName, Invoke } from './functions.ts';

/** An answer of the portal; null where none came. */
export type Answer = { readonly status: number; readonly body: unknown } | null;

/** One request of a person: `POST /api/clusters/{id}/extend`, with its path parameters. */
export interface PortalRequest {
  readonly feature: Exclude<FunctionName, 'upkeep' | 'run-workflow'>;
  readonly route: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The HTTP API, in the place of a signed-in person. */
export const portalApi = (invoke: Invoke, answered: (requestId: string, request: PortalRequest) => void) => {
  let requests = 0;
  return async (person: Person, { feature, route, path, query, body }: PortalRequest): Promise<Answer> => {
    requests += 1;
    const [method = ''] = route.split(' ');
    const event = {
      routeKey: route,
      rawPath: route,
      headers: { 'content-type': 'application/json', 'x-person': JSON.stringify(person) },
      requestContext: { requestId: `http-${requests}`, http: { method, sourceIp: '203.0.113.9' } },
      ...(path === undefined ? {} : { pathParameters: path }),
      ...(query === undefined ? {} : { queryStringParameters: query }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    try {
      const answer = (await invoke(feature, event)) as { statusCode: number; body?: string };
      if (answer.statusCode < 300) answered(event.requestContext.requestId, { feature, route });
      return { status: answer.statusCode, body: answer.body === undefined ? null : JSON.parse(answer.body) };
    } catch {
      return null;
    }
  };
};

export type PortalApi = ReturnType<typeof portalApi>;

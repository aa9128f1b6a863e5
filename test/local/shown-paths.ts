import { routes, type Route } from '../../shared/contract/api.ts';
import type { FirstOfEach } from './first-of-each.ts';

/** What a route cannot do without. */
const QUERIES: Readonly<Record<string, string>> = {
  '/api/spark-jobs/identifier-available': '?identifier=another',
  '/api/people': '?query=person',
};

const idsOf = ({ sshKeyId, clusterId, sessionId, identifier, runId }: FirstOfEach, path: string): string => {
  const [, , kind] = path.split('/');
  const ids = { 'ssh-keys': sshKeyId, clusters: clusterId, sessions: sessionId };
  return path
    .replace('{id}', ids[kind as keyof typeof ids] ?? '{id}')
    .replace('{identifier}', identifier)
    .replace('{runId}', runId)
    .replace('{name}', 'settings');
};

/** Every list, and every answer that pages show, of a portal that has the first of each: the paths by their routes. */
export const shownPaths = (first: FirstOfEach): ReadonlyMap<string, string> => {
  const shown = Object.values<Route>(routes).filter(
    ({ method, access, response }) => method === 'GET' && access !== 'anyone' && response !== undefined,
  );
  return new Map(shown.map(({ path }) => [path, idsOf(first, path) + (QUERIES[path] ?? '')]));
};

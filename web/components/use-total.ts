import type { RouteRequest, Routes } from '../../shared/contract/api.ts';
import { useRead } from '../lib/use-route.ts';

type ListRoute = 'listClusters' | 'listSessions' | 'listSparkJobs';

/** Milliseconds; a count is a count of a moment. */
const FRESH = 60_000;

/** How many a list has on all its pages. Where its first rows do not tell, it is counted after they are there. */
export const useTotal = <Name extends ListRoute>(
  name: Name,
  request: RouteRequest<Routes[Name]>,
  page: { readonly total?: number } | undefined,
): number | undefined => {
  const counting = { ...(request as object), limit: 1, sort: '-createdAt', cursor: undefined } as RouteRequest<
    Routes[Name]
  >;
  const enabled = page !== undefined && page.total === undefined;
  const { data } = useRead(name, counting, { enabled, staleTime: FRESH });
  return page?.total ?? (data as typeof page)?.total;
};

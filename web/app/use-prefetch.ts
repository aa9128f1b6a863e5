import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { matchPath } from 'react-router';

import type { RouteName, RouteRequest, Routes } from '../../shared/contract/api.ts';
import { PAGE_SIZES } from '../lib/page-sizes.ts';
import { readOf } from '../lib/use-route.ts';
import { preloadLikelyPages, preloadPage } from './page-modules.ts';
import { PATHS } from './paths.ts';

/** Milliseconds for which the data of a page is not asked for again, because the pointer came back. */
const FRESH = 10_000;

const prefetchData = (client: QueryClient, pathname: string): void => {
  const fetchAhead = <Name extends RouteName>(name: Name, request: RouteRequest<Routes[Name]>): void =>
    void client.prefetchQuery({ ...readOf(name, request), staleTime: FRESH });
  // What these lists ask for where their address says nothing.
  const [limit] = PAGE_SIZES;
  if (pathname === '/clusters') fetchAhead('listClusters', { status: 'active', limit });
  if (pathname === '/sessions') fetchAhead('listSessions', { status: 'active', limit });
  if (pathname === '/spark-jobs') fetchAhead('listSparkJobs', { owner: 'mine', status: 'all', limit });
  const cluster = matchPath(PATHS.cluster, pathname)?.params;
  if (cluster?.id !== undefined) fetchAhead('getCluster', { id: cluster.id });
  const job = matchPath(PATHS.sparkJob, pathname)?.params;
  if (job?.identifier !== undefined) fetchAhead('getSparkJob', { identifier: job.identifier });
  const run = matchPath(PATHS.run, pathname)?.params;
  if (run?.identifier !== undefined && run.runId !== undefined)
    fetchAhead('getRun', { identifier: run.identifier, runId: run.runId });
};

/** The path of the portal's page that an event's element links to. */
const linkedPage = ({ target }: Event): string | null => {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="/"]') : null;
  return link === null || /^\/(api|auth)\//.test(link.pathname) ? null : link.pathname;
};

/** Fetches a page's scripts and its object when the pointer or the focus reaches a link, and likely pages when idle. */
export const usePrefetch = (): void => {
  const client = useQueryClient();
  useEffect(() => {
    const prefetch = (event: Event): void => {
      const pathname = linkedPage(event);
      if (pathname === null) return;
      preloadPage(pathname);
      prefetchData(client, pathname);
    };
    preloadLikelyPages();
    document.addEventListener('pointerover', prefetch);
    document.addEventListener('focusin', prefetch);
    return () => {
      document.removeEventListener('pointerover', prefetch);
      document.removeEventListener('focusin', prefetch);
    };
  }, [client]);
};

import { useEffect, useRef } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';

import type { RouteOutput, RouteRequest, Routes } from '../../../shared/contract/api.ts';
import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { useRead } from '../../lib/use-route.ts';

/** Milliseconds: EMR limits how often an account may ask for steps and instances, however many pages are open. */
const EVERY = 30_000;

type Inside = 'getClusterSteps' | 'getClusterInstances' | 'getBootstrapLog';

/** Reads what is inside a cluster: slowly while it is active, anew when its state changes, and once when it has ended. */
export const useInside = <Name extends Inside>(
  name: Name,
  cluster: ClusterView,
  request: RouteRequest<Routes[Name]>,
): UseQueryResult<RouteOutput<Routes[Name]>> => {
  const query = useRead(name, request, {
    keepPrevious: true,
    ...(cluster.isActive ? { isLive: () => true, every: EVERY } : {}),
  });
  const { refetch } = query;
  const { status } = cluster;
  const seen = useRef(status);
  useEffect(() => {
    if (seen.current === status) return;
    seen.current = status;
    void refetch();
  }, [status, refetch]);
  return query;
};

import type { UseQueryResult } from '@tanstack/react-query';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { sessionRoutes } from '../../lib/contract.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSettled } from '../../lib/use-settled.ts';

/** The estimated cost of a session, requested a moment after the last keystroke; undefined while a number is missing. */
export const useSessionEstimate = (
  size: number | undefined,
  lifetime: number | undefined,
): UseQueryResult<RouteOutput<Routes['estimateSession']>> => {
  const settled = useSettled({ size: size ?? 0, lifetime: lifetime ?? 0 });
  return useRead('estimateSession', settled, {
    enabled: sessionRoutes.estimateSession.body.safeParse(settled).success,
    keepPrevious: true,
    staleTime: 60_000,
  });
};

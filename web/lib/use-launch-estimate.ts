import type { UseQueryResult } from '@tanstack/react-query';
import type * as z from 'zod';

import type { RouteOutput, RouteRequest, Routes } from '../../shared/contract/api.ts';
import { useRead } from './use-route.ts';
import { useSettled } from './use-settled.ts';

/**
 * The estimated cost of a cluster or session, requested a moment after the last keystroke; undefined while a number is missing.
 * @param body the schema of the request
 */
export const useLaunchEstimate = <Name extends 'estimateCluster' | 'estimateSession'>(
  name: Name,
  body: z.ZodType,
  size: number | undefined,
  lifetime: number | undefined,
): UseQueryResult<RouteOutput<Routes[Name]>> => {
  const settled = useSettled({ size: size ?? 0, lifetime: lifetime ?? 0 });
  return useRead(name, settled as RouteRequest<Routes[Name]>, {
    enabled: body.safeParse(settled).success,
    keepPrevious: true,
    staleTime: 60_000,
  });
};

import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';

import type { RouteName, RouteOutput, RouteRequest, Routes } from '../../shared/contract/api.ts';
import { isStatus } from './api-error.ts';
import { send } from './api.ts';

/** Milliseconds between two looks at something that is changing, and at something that is at rest. */
const LIVE_INTERVAL = 4000;
const REST_INTERVAL = 30_000;

interface ReadOptions<Output> {
  readonly enabled?: boolean;
  /** Whether what was read is still changing by itself: then the page looks every few seconds. */
  readonly isLive?: (output: Output) => boolean;
  /** Shows the last answer while the next one, for another request, is on its way. */
  readonly keepPrevious?: boolean;
  /** Reads it once for each visit of the page and not again, for what a form starts from. */
  readonly isPreset?: boolean;
  /** Milliseconds for which an answer is not asked for again. */
  readonly staleTime?: number;
}

/** Reads a route and keeps what it says up to date while the page is open. */
export const useRead = <Name extends RouteName>(
  name: Name,
  request: RouteRequest<Routes[Name]>,
  {
    enabled = true,
    isLive,
    keepPrevious = false,
    isPreset = false,
    staleTime,
  }: ReadOptions<RouteOutput<Routes[Name]>> = {},
): UseQueryResult<RouteOutput<Routes[Name]>> =>
  useQuery<RouteOutput<Routes[Name]>>({
    queryKey: [name, request],
    queryFn: ({ signal }) => send(name, request, signal),
    enabled,
    ...(staleTime === undefined ? {} : { staleTime }),
    ...(isPreset ? { staleTime: Infinity, gcTime: 0 } : {}),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(isLive === undefined
      ? {}
      : {
          refetchInterval: ({ state }) =>
            state.data !== undefined && isLive(state.data) && !isStatus(state.error, 401)
              ? LIVE_INTERVAL
              : REST_INTERVAL,
        }),
  });

interface ChangeOptions<Output, Request> {
  /** Routes whose answers this change makes out of date. */
  readonly outdates?: readonly RouteName[];
  readonly onDone?: (output: Output, request: Request) => void;
}

/** Calls a changing route and has what it changed read again. */
export const useChange = <Name extends RouteName>(
  name: Name,
  { outdates = [], onDone }: ChangeOptions<RouteOutput<Routes[Name]>, RouteRequest<Routes[Name]>> = {},
): UseMutationResult<RouteOutput<Routes[Name]>, Error, RouteRequest<Routes[Name]>> => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: RouteRequest<Routes[Name]>) => send(name, request),
    onSuccess: (output, request) => {
      onDone?.(output, request);
      for (const outdated of outdates) void client.invalidateQueries({ queryKey: [outdated] });
    },
  });
};

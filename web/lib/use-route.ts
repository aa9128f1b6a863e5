import {
  keepPreviousData,
  useIsMutating,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';

import type { RouteName, RouteOutput, RouteRequest, Routes } from '../../shared/contract/api.ts';
import { isStatus } from './api-error.ts';
import { send } from './api.ts';
import { LIVE_INTERVAL, restInterval } from './poll-interval.ts';

/** Milliseconds until what could not be read is read again. */
const FAILED_INTERVAL = 30_000;

interface ReadOptions<Output> {
  readonly enabled?: boolean;
  /** Whether the data changes by itself; the page then polls every few seconds. */
  readonly isLive?: (output: Output) => boolean;
  /** Milliseconds between reads of what is live, where every few seconds is too often. */
  readonly every?: number;
  /** Reads what is live also while the page is out of sight, for a notification. */
  readonly inBackground?: boolean;
  /** Shows the previous answer while the next request is pending. */
  readonly keepPrevious?: boolean;
  /** Reads once for each visit of the page, for the initial values of a form. */
  readonly isPreset?: boolean;
  /** Milliseconds for which an answer is not requested again. */
  readonly staleTime?: number;
}

/** The key and the function of a read, also for a read ahead of its page. */
export const readOf = <Name extends RouteName>(name: Name, request: RouteRequest<Routes[Name]>) => ({
  queryKey: [name, request] as const,
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => send(name, request, signal),
});

/** Reads a route and refreshes the answer while the page is open. */
export const useRead = <Name extends RouteName>(
  name: Name,
  request: RouteRequest<Routes[Name]>,
  {
    enabled = true,
    isLive,
    every = LIVE_INTERVAL,
    inBackground = false,
    keepPrevious = false,
    isPreset = false,
    staleTime,
  }: ReadOptions<RouteOutput<Routes[Name]>> = {},
): UseQueryResult<RouteOutput<Routes[Name]>> =>
  useQuery<RouteOutput<Routes[Name]>>({
    ...readOf(name, request),
    enabled,
    refetchIntervalInBackground: inBackground,
    ...(staleTime === undefined ? {} : { staleTime }),
    ...(isPreset ? { staleTime: Infinity, gcTime: 0 } : {}),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(isLive === undefined
      ? {}
      : {
          refetchInterval: ({ state: { data, error } }) => {
            if (data === undefined || isStatus(error, 401)) return FAILED_INTERVAL;
            return isLive(data) ? every : restInterval(data as object, Date.now());
          },
        }),
  });

interface ChangeOptions<Output, Request> {
  /** Routes whose cached answers this change invalidates. */
  readonly outdates?: readonly RouteName[];
  readonly onDone?: (output: Output, request: Request) => void;
  /**
   * What a read will answer after the change: shown at once, and taken back where the change fails. For changes that are
   * undone with a click and of which the page knows all that they do; null for others.
   */
  readonly foresees?: (request: Request) => { readonly queryKey: QueryKey; readonly output: unknown } | null;
}

/** Calls a route that changes something and invalidates the affected reads. */
export const useChange = <Name extends RouteName>(
  name: Name,
  { outdates = [], onDone, foresees }: ChangeOptions<RouteOutput<Routes[Name]>, RouteRequest<Routes[Name]>> = {},
): UseMutationResult<RouteOutput<Routes[Name]>, Error, RouteRequest<Routes[Name]>> => {
  const client = useQueryClient();
  return useMutation({
    mutationKey: [name],
    mutationFn: (request: RouteRequest<Routes[Name]>) => send(name, request),
    onMutate: async (request) => {
      const foreseen = foresees?.(request) ?? null;
      if (foreseen === null) return null;
      const { queryKey, output } = foreseen;
      // A read that is on its way would show the state before.
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      client.setQueryData(queryKey, output);
      return () => client.setQueryData(queryKey, before);
    },
    onError: (_error, _request, takeBack) => takeBack?.(),
    onSuccess: (output, request) => {
      onDone?.(output, request);
      for (const outdated of outdates) void client.invalidateQueries({ queryKey: [outdated] });
    },
  });
};

/** Whether a change through this route is on its way. */
export const useIsChanging = (name: RouteName): boolean => useIsMutating({ mutationKey: [name] }) > 0;

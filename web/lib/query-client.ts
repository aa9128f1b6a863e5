import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { isStatus, isWorthRetrying } from './api-error.ts';

const MAX_RETRIES = 2;

/** Milliseconds before a failed read is retried. */
const ANOTHER_TRY = 30_000;

/** A 401 makes the page check the session again, which shows the sign-in screen. */
const noticeSignOut = (error: unknown): void => {
  if (isStatus(error, 401)) void queryClient.invalidateQueries({ queryKey: ['getMe'] });
};

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      if (queryKey[0] !== 'getMe') noticeSignOut(error);
    },
  }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: {
      staleTime: 1000,
      // An unchanged answer (304) is the same object already, and structural sharing would break exact numbers.
      structuralSharing: false,
      retry: (failures, error) => failures < MAX_RETRIES && isWorthRetrying(error),
      refetchInterval: ({ state: { error } }) => (error !== null && isWorthRetrying(error) ? ANOTHER_TRY : false),
      // Offline requests fail at once with a message; by default they would wait silently for a network.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

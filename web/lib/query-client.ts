import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { isStatus, isWorthRetrying } from './api-error.ts';

const MAX_RETRIES = 2;

/** Milliseconds after which what could not be read is asked for again. */
const ANOTHER_TRY = 30_000;

/** Any answer 401 makes the page ask who is signed in, which then shows the sign-in screen. */
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
      // An answer that did not change is the same object already (304), and merging would take exact numbers apart.
      structuralSharing: false,
      retry: (failures, error) => failures < MAX_RETRIES && isWorthRetrying(error),
      refetchInterval: ({ state: { error } }) => (error !== null && isWorthRetrying(error) ? ANOTHER_TRY : false),
      // Without a network people are told so at once; otherwise what they ask for waits in silence until there is one.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

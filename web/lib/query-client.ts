import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { ApiError, isStatus } from './api-error.ts';

const MAX_RETRIES = 2;

/** No answer, throttled or broken: worth another try. A refusal is not. */
const isWorthRetrying = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500;

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
    queries: { staleTime: 1000, retry: (failures, error) => failures < MAX_RETRIES && isWorthRetrying(error) },
    mutations: { retry: false },
  },
});

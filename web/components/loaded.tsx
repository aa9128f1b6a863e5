import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { isStatus } from '../lib/api-error.ts';
import { FailurePage } from './failure.tsx';

export const Loading = ({ what = 'the page' }: { readonly what?: string }) => (
  <Box textAlign="center" padding={{ vertical: 'xxl' }} color="text-body-secondary">
    <output>
      <Spinner /> Loading {what} …
    </output>
  </Box>
);

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** What is being loaded, for the meantime. */
  readonly what: string;
  readonly children: (data: Data) => ReactNode;
}

/** Shows what was read; until then that it is being read, or why it cannot be. */
export const Loaded = <Data,>({ query, what, children }: LoadedProps<Data>) => {
  const { data, error, refetch } = query;
  const isGone = isStatus(error, 404) || isStatus(error, 403);
  if (error !== null && (data === undefined || isGone))
    return <FailurePage error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading what={what} />;
  if (error === null) return children(data);
  return (
    <SpaceBetween size="m">
      <Alert type="warning">This may be out of date: {error.message}</Alert>
      {children(data)}
    </SpaceBetween>
  );
};

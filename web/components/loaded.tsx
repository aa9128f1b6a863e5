import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { isStatus } from '../lib/api-error.ts';
import { DeadEnd, Failure, OutOfDate } from './failure.tsx';

export const Loading = ({ what = 'the page' }: { readonly what?: string }) => (
  <Box textAlign="center" padding={{ vertical: 'xxl' }} color="text-body-secondary">
    <output>
      <Spinner /> Loading {what} …
    </output>
  </Box>
);

/** The title of a page without content yet, for screen readers. */
const BarePage = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <>
    <title>{`${title} · ATMO`}</title>
    <h1 className="atmo-unseen">{title}</h1>
    {children}
  </>
);

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** Names what is being loaded. */
  readonly what: string;
  /** Whether this is the whole page, which then has no title until it is loaded. */
  readonly isPage?: boolean;
  readonly children: (data: Data) => ReactNode;
}

const DEAD_ENDS = [
  { status: 404, title: 'Not found' },
  { status: 403, title: 'You don’t have access' },
];

/** Shows the data, or that it is loading, or why it could not be loaded. */
export const Loaded = <Data,>({ query, what, isPage = false, children }: LoadedProps<Data>) => {
  const { data, error, refetch } = query;
  const deadEnd = isPage ? DEAD_ENDS.find(({ status }) => isStatus(error, status)) : undefined;
  if (error !== null && deadEnd !== undefined) return <DeadEnd title={deadEnd.title} text={error.message} />;
  if (data === undefined) {
    const [title, shown] =
      error === null
        ? [`Loading ${what}`, <Loading key="loading" what={what} />]
        : [`Failed to load ${what}`, <Failure key="failure" error={error} retry={() => void refetch()} />];
    return isPage ? <BarePage title={title}>{shown}</BarePage> : shown;
  }
  // The element tree keeps its shape, so that a failed refresh does not reset a form inside.
  return (
    <>
      {error !== null && (
        <Box margin={{ bottom: 'm' }}>
          <OutOfDate error={error} />
        </Box>
      )}
      {children(data)}
    </>
  );
};

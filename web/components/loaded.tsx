import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode } from 'react';

import { ApiError } from '../lib/api-error.ts';
import { DeadEnd } from './dead-end.tsx';
import { Failure, OutOfDate } from './failure.tsx';
import { Page, type PageTitle } from './page.tsx';

interface LoadingProps {
  readonly what?: string;
  /** Whether a page is to come, whose place is kept so that nothing below it moves. */
  readonly isPage?: boolean;
}

export const Loading = ({ what = 'the page', isPage = false }: LoadingProps) => (
  <div className={isPage ? 'atmo-page-to-come' : 'atmo-to-come'}>
    <Box textAlign="center" padding={{ vertical: 'xxl' }} color="text-body-secondary">
      <output>
        <Spinner /> Loading {what} …
      </output>
    </Box>
  </div>
);

/** What is known of an answer, or of several together. */
export interface Answered<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

interface LoadedProps<Data> {
  readonly query: Answered<Data>;
  /** Names what is being loaded. */
  readonly what: string;
  /** Where this is the whole page: what stands above it until it is loaded, and where it cannot be. */
  readonly page?: PageTitle;
  readonly children: (data: Data) => ReactNode;
}

const DEAD_ENDS = [
  { status: 404, title: 'Not found' },
  { status: 403, title: 'You don’t have access' },
  { status: 500, title: 'Something went wrong' },
] as const;

/** Shows the data, or that it is loading, or why it could not be loaded. */
export const Loaded = <Data,>({ query, what, page, children }: LoadedProps<Data>) => {
  const { data, error, refetch } = query;
  const tryAgain = (): void => void refetch();
  const problem = page !== undefined && error instanceof ApiError ? error : null;
  const deadEnd = DEAD_ENDS.find(({ status }) => status === problem?.status);
  // A page that was shown stays when only its refresh fails; what is gone, or no longer theirs, does not.
  if (problem !== null && deadEnd !== undefined && (deadEnd.status !== 500 || data === undefined))
    return (
      <DeadEnd
        {...deadEnd}
        text={problem.message}
        errorId={problem.status === 500 ? problem.requestId : null}
        action={problem.status === 500 ? <Button onClick={tryAgain}>Try again</Button> : undefined}
      />
    );
  if (data === undefined) {
    const shown =
      error === null ? <Loading what={what} isPage={page !== undefined} /> : <Failure error={error} retry={tryAgain} />;
    return page === undefined ? shown : <Page {...page}>{shown}</Page>;
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

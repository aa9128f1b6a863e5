import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';

import { ApiError, isWorthRetrying } from '../lib/api-error.ts';
import { CopiedId } from './copied-id.tsx';

const titleOf = (error: Error): string => (error instanceof ApiError ? error.title : 'Something went wrong');

/** An error with its error id, and a button to try again if that may help. */
export const Failure = ({ error, retry }: { readonly error: Error; readonly retry?: () => void }) => (
  <div role="alert">
    <Alert
      type="error"
      header={titleOf(error)}
      action={
        retry === undefined || !isWorthRetrying(error) ? undefined : <Button onClick={() => retry()}>Try again</Button>
      }
    >
      {error.message}
      {error instanceof ApiError && error.requestId !== null && error.status >= 500 && (
        <Box fontSize="body-s">
          <CopiedId label="error id" id={error.requestId} />
        </Box>
      )}
    </Alert>
  </div>
);

/** Shown above data that could not be refreshed. */
export const OutOfDate = ({ error }: { readonly error: Error }) => (
  <Alert type="warning">This may be out of date: {error.message}</Alert>
);

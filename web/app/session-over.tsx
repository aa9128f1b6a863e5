import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'react-router';

import { Dialog } from '../components/dialog.tsx';
import { urlOf } from '../lib/api.ts';

interface SessionOverProps {
  /** Checks again who is signed in. */
  readonly onReturn: () => void;
}

/** Covers a page whose session ended and keeps what was typed: the person signs in in another tab and continues here. */
export const SessionOver = ({ onReturn }: SessionOverProps) => {
  const { pathname, search } = useLocation();
  const client = useQueryClient();
  // After sign-in the page below reads again what it could not read.
  useEffect(
    () => () => void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'getMe' }),
    [client],
  );
  return (
    <Dialog
      visible
      header="Your session has ended"
      onDismiss={onReturn}
      footer={
        <Box float="right">
          <Button variant="primary" href={urlOf('signIn', { returnTo: `${pathname}${search}` })} target="_blank">
            Sign in
          </Button>
        </Box>
      }
    >
      Sign in again in a new tab, then come back to this one. What you typed is still here.
    </Dialog>
  );
};

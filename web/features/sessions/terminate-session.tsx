import Box from '@cloudscape-design/components/box';
import { useQueryClient } from '@tanstack/react-query';

import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useChange } from '../../lib/use-route.ts';

/** Terminates a session immediately. */
export const TerminateSession = ({ session }: { readonly session: Pick<SessionView, 'id' | 'name'> }) => {
  const client = useQueryClient();
  const { mutateAsync } = useChange('terminateSession', {
    outdates: ['listSessions'],
    onDone: (terminated) => client.setQueryData(['getSession', { id: terminated.id }], terminated),
  });
  return (
    <ConfirmButton
      label="Terminate"
      title={`Terminate ${session.name}?`}
      confirmLabel="Terminate"
      onConfirm={() => mutateAsync({ id: session.id })}
    >
      <Box>
        The session ends at once, with what runs in it. Cached data and temporary views are lost; files in S3 stay.
      </Box>
    </ConfirmButton>
  );
};

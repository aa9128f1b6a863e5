import { useQueryClient } from '@tanstack/react-query';

import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { ExtendLifetime } from '../../components/extend-lifetime.tsx';
import { useChange } from '../../lib/use-route.ts';

/** Extends the lifetime of an active session. */
export const ExtendSession = ({ session }: { readonly session: SessionView }) => {
  const client = useQueryClient();
  const { mutateAsync } = useChange('extendSession', {
    outdates: ['listSessions'],
    onDone: (extended) => client.setQueryData(['getSession', { id: extended.id }], extended),
  });
  return <ExtendLifetime of={session} onExtend={(hours) => mutateAsync({ id: session.id, hours })} />;
};

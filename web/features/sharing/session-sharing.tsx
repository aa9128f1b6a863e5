import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useQueryClient } from '@tanstack/react-query';

import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { useChange, useRead } from '../../lib/use-route.ts';
import { foreseenGrants } from './foreseen-grants.ts';
import { SharingPanel } from './sharing-panel.tsx';

const SessionSharing = ({ session: { id, owner, permissions } }: { readonly session: SessionView }) => {
  const client = useQueryClient();
  const query = useRead('getSessionGrants', { id });
  const queryKey = ['getSessionGrants', { id }];
  const { mutateAsync } = useChange('putSessionGrants', {
    foresees: foreseenGrants(queryKey, query.data),
    onDone: (grants) => client.setQueryData(queryKey, grants),
  });
  return (
    <Container
      header={
        <Header variant="h2" description="Sessions are shared for viewing only: nobody but the owner connects.">
          Who can see this
        </Header>
      }
    >
      <SharingPanel
        standing={[
          { who: owner, may: 'Everything: the owner, who alone connects' },
          { who: 'Admins', may: 'View, manage and share' },
        ]}
        query={query}
        mayShare={permissions.includes('share')}
        isViewOnly
        onSave={(grants) => mutateAsync({ id, grants })}
      />
    </Container>
  );
};

export default SessionSharing;

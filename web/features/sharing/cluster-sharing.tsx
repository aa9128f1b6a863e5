import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useQueryClient } from '@tanstack/react-query';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { useChange, useRead } from '../../lib/use-route.ts';
import { foreseenGrants } from './foreseen-grants.ts';
import { SharingPanel } from './sharing-panel.tsx';

const ClusterSharing = ({ cluster: { id, owner, permissions } }: { readonly cluster: ClusterView }) => {
  const client = useQueryClient();
  const query = useRead('getClusterGrants', { id });
  const queryKey = ['getClusterGrants', { id }];
  const { mutateAsync } = useChange('putClusterGrants', {
    foresees: foreseenGrants(queryKey, query.data),
    onDone: (grants) => client.setQueryData(queryKey, grants),
  });
  return (
    <Container header={<Header variant="h2">Who can see this</Header>}>
      <SharingPanel
        standing={[
          { who: owner, may: 'Everything: the owner, whose key opens the cluster' },
          { who: 'Admins', may: 'View, manage and share' },
        ]}
        query={query}
        mayShare={permissions.includes('share')}
        onSave={(grants) => mutateAsync({ id, grants })}
      />
    </Container>
  );
};

export default ClusterSharing;

import Box from '@cloudscape-design/components/box';
import { useQueryClient } from '@tanstack/react-query';

import type { ClusterView } from '../../../shared/contract/routes/clusters.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useChange } from '../../lib/use-route.ts';

/** Ends a cluster at once. */
export const TerminateCluster = ({ cluster }: { readonly cluster: Pick<ClusterView, 'id' | 'identifier'> }) => {
  const client = useQueryClient();
  const { mutateAsync } = useChange('terminateCluster', {
    outdates: ['listClusters'],
    onDone: (terminated) => client.setQueryData(['getCluster', { id: terminated.id }], terminated),
  });
  return (
    <ConfirmButton
      label="Terminate"
      title={`Terminate ${cluster.identifier}?`}
      confirmLabel="Terminate"
      onConfirm={() => mutateAsync({ id: cluster.id })}
    >
      <Box>
        The cluster ends at once and whatever runs on it is stopped. Home directories and S3 outlast it; files elsewhere
        on its disks are lost.
      </Box>
    </ConfirmButton>
  );
};

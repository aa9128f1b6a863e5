import Box from '@cloudscape-design/components/box';
import { useQueryClient } from '@tanstack/react-query';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useChange } from '../../lib/use-route.ts';

/** Terminates a cluster immediately. */
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
        The cluster is terminated immediately, with everything that runs on it. Home directories and S3 are kept; other
        files on its disks are lost.
      </Box>
    </ConfirmButton>
  );
};

import Box from '@cloudscape-design/components/box';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { ConnectionPanel } from '../../components/connection-panel.tsx';
import { send } from '../../lib/api.ts';

export const mayConnect = ({ connect, isActive, permissions }: ClusterView): boolean =>
  connect !== null && isActive && permissions.includes('connect');

/** Spark Connect, for the owner of a cluster whose release has it. */
export const ClusterConnection = ({ cluster }: { readonly cluster: ClusterView }) => {
  const { id, connect, isReady, termination } = cluster;
  if (connect === null || !mayConnect(cluster)) return null;
  return (
    <ConnectionPanel
      {...connect}
      noun="cluster"
      isReady={isReady && termination === null}
      connect={(signal) => send('connectCluster', { id }, signal)}
    >
      <Box color="text-body-secondary" fontSize="body-s">
        The first Connect starts a Spark session on the cluster, which costs nothing beside the cluster. It ends with
        the cluster, and after 60 minutes without work.
      </Box>
    </ConnectionPanel>
  );
};

import { useQueryClient } from '@tanstack/react-query';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { ExtendLifetime } from '../../components/extend-lifetime.tsx';
import { useChange } from '../../lib/use-route.ts';

/** Extends the lifetime of an active cluster. */
export const ExtendCluster = ({ cluster }: { readonly cluster: ClusterView }) => {
  const client = useQueryClient();
  const { mutateAsync } = useChange('extendCluster', {
    outdates: ['listClusters'],
    onDone: (extended) => client.setQueryData(['getCluster', { id: extended.id }], extended),
  });
  return <ExtendLifetime of={cluster} onExtend={(hours) => mutateAsync({ id: cluster.id, hours })} />;
};

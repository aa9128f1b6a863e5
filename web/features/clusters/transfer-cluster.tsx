import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { useMe } from '../../lib/me.ts';
import { useChange } from '../../lib/use-route.ts';

const TransferDialog = lazy(() => import('../people/transfer-dialog.tsx'));

/** Gives a live cluster to another person; for admins. */
export const TransferCluster = ({ cluster }: { readonly cluster: ClusterView }) => {
  const client = useQueryClient();
  const { permissions } = useMe();
  const { mutateAsync } = useChange('transferCluster', {
    outdates: ['listClusters'],
    onDone: (transferred) => client.setQueryData(['getCluster', { id: transferred.id }], transferred),
  });
  if (!permissions.includes('administer')) return null;
  return (
    <Suspense fallback={null}>
      <TransferDialog
        what={`cluster ${cluster.identifier}`}
        onTransfer={(owner) => mutateAsync({ id: cluster.id, owner })}
      >
        The cluster counts in the quotas of its new owner, who can extend and terminate it and gets its mails. Only the
        SSH key that it was launched with opens it, its home directory stays where it is, and its cost goes on counting
        for the person who launched it.
      </TransferDialog>
    </Suspense>
  );
};

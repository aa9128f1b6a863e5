import type { ReactNode } from 'react';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { PageButton } from '../../components/links.tsx';
import { PageActions } from '../../components/page-actions.tsx';
import { ExtendCluster } from './extend-cluster.tsx';
import { TerminateCluster } from './terminate-cluster.tsx';
import { TransferCluster } from './transfer-cluster.tsx';

const isManaged = ({ isActive, termination, permissions }: ClusterView): boolean =>
  isActive && termination === null && permissions.includes('manage');

/** Extend, where the person may; beside the time left. */
export const ExtendIfManaged = ({ cluster }: { readonly cluster: ClusterView }) =>
  isManaged(cluster) && <ExtendCluster cluster={cluster} />;

interface ClusterActionsProps {
  readonly cluster: ClusterView;
  readonly children?: ReactNode;
}

/** The actions on a cluster that the person may do, but Extend. */
export const ClusterActions = ({ cluster, children }: ClusterActionsProps) => (
  <PageActions
    of={cluster.identifier}
    more={
      <>
        <PageButton to={`/new/cluster?like=${encodeURIComponent(cluster.id)}`}>Launch one like this</PageButton>
        {isManaged(cluster) && <TransferCluster cluster={cluster} />}
      </>
    }
  >
    {children}
    {isManaged(cluster) && <TerminateCluster cluster={cluster} />}
  </PageActions>
);

/** The same and Extend, for a row of a list. */
const ClusterRowActions = ({ cluster }: { readonly cluster: ClusterView }) => (
  <ClusterActions cluster={cluster}>
    <ExtendIfManaged cluster={cluster} />
  </ClusterActions>
);

export default ClusterRowActions;

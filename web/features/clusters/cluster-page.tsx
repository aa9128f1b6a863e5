import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, type ReactNode } from 'react';
import { useParams } from 'react-router';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { PageButton } from '../../components/links.tsx';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSparkUi } from '../spark-ui/use-spark-ui.tsx';
import { ClusterAccessHelp } from './cluster-access-help.tsx';
import { ClusterNotice } from './cluster-notice.tsx';
import { ClusterState, clusterStateWords } from './cluster-state.tsx';
import { ForeignKey } from './foreign-key.tsx';
import { NoHome } from './no-home.tsx';
import { NoSsh } from './no-ssh.tsx';
import { ClusterSummary } from './cluster-summary.tsx';
import { ExtendCluster } from './extend-cluster.tsx';
import { TransferCluster } from './transfer-cluster.tsx';
import { TerminateCluster } from './terminate-cluster.tsx';
import { TimeLeft } from '../../components/time-left.tsx';

const ClusterSharing = lazy(() => import('../sharing/cluster-sharing.tsx'));

interface ClusterActionsProps {
  readonly cluster: ClusterView;
  readonly sparkUi: ReactNode;
}

const ClusterActions = ({ cluster, sparkUi }: ClusterActionsProps) => {
  const isManaged = cluster.isActive && cluster.termination === null && cluster.permissions.includes('manage');
  const like = <PageButton to={`/new/cluster?like=${encodeURIComponent(cluster.id)}`}>Launch one like this</PageButton>;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {sparkUi}
      {like}
      {isManaged && (
        <>
          <ExtendCluster cluster={cluster} />
          <TransferCluster cluster={cluster} />
          <TerminateCluster cluster={cluster} />
        </>
      )}
    </SpaceBetween>
  );
};

/** The most important facts of an active cluster, at the top. */
const Glance = ({ cluster }: { readonly cluster: ClusterView }) => (
  <SpaceBetween direction="horizontal" size="s">
    <ClusterState cluster={cluster} />
    {cluster.isActive && (
      <span>
        <TimeLeft of={cluster} /> left
      </span>
    )}
  </SpaceBetween>
);

const ClusterPage = () => {
  const { id = '' } = useParams();
  const query = useRead('getCluster', { id }, { isLive: ({ isActive }) => isActive });
  const sparkUi = useSparkUi(() => send('openClusterSparkUi', { id }));
  return (
    <Loaded query={query} what="the cluster" isPage>
      {(cluster) => (
        <Page
          title={cluster.identifier}
          tab={clusterStateWords(cluster)[1]}
          live={`The cluster is: ${clusterStateWords(cluster)[1]}`}
          parent={{ text: 'Clusters', to: '/clusters' }}
          description={<Glance cluster={cluster} />}
          actions={<ClusterActions cluster={cluster} sparkUi={sparkUi.button} />}
        >
          {sparkUi.problem}
          <ClusterNotice cluster={cluster} />
          {/* First on the page of a ready cluster, since people come for the tunnel. */}
          {cluster.access !== null && <ClusterAccessHelp access={cluster.access} />}
          {cluster.isActive && !cluster.allowsSsh && <NoSsh />}
          {cluster.isActive && cluster.keyOwner !== null && <ForeignKey keyOwner={cluster.keyOwner} />}
          {cluster.isActive && cluster.home.problem !== null && <NoHome problem={cluster.home.problem} />}
          <ClusterSummary cluster={cluster} />
          <Suspense fallback={<Loading what="with whom this is shared" />}>
            <ClusterSharing cluster={cluster} />
          </Suspense>
        </Page>
      )}
    </Loaded>
  );
};

export default ClusterPage;

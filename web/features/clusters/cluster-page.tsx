import SpaceBetween from '@cloudscape-design/components/space-between';
import { useParams } from 'react-router';

import type { ClusterView } from '../../../shared/contract/routes/clusters.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../lib/use-route.ts';
import { ClusterAccessHelp } from './cluster-access-help.tsx';
import { ClusterNotice } from './cluster-notice.tsx';
import { clusterStateWords } from './cluster-state.tsx';
import { ClusterSummary } from './cluster-summary.tsx';
import { ExtendCluster } from './extend-cluster.tsx';
import { TerminateCluster } from './terminate-cluster.tsx';

const ClusterActions = ({ cluster }: { readonly cluster: ClusterView }) => {
  if (!cluster.isActive || cluster.termination !== null || !cluster.permissions.includes('manage')) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <ExtendCluster cluster={cluster} />
      <TerminateCluster cluster={cluster} />
    </SpaceBetween>
  );
};

const ClusterPage = () => {
  const { id = '' } = useParams();
  const query = useRead('getCluster', { id }, { isLive: ({ isActive }) => isActive });
  return (
    <Loaded query={query} what="the cluster" isPage>
      {(cluster) => (
        <Page
          title={cluster.identifier}
          live={`The cluster is: ${clusterStateWords(cluster)[1]}`}
          parent={{ text: 'Clusters', to: '/clusters' }}
          actions={<ClusterActions cluster={cluster} />}
        >
          <ClusterNotice cluster={cluster} />
          <ClusterSummary cluster={cluster} />
          {cluster.access !== null && <ClusterAccessHelp access={cluster.access} />}
        </Page>
      )}
    </Loaded>
  );
};

export default ClusterPage;

import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useMayNotify, useReadyNotification } from '../../components/ready-notification.tsx';
import { send } from '../../lib/api.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSparkUi } from '../spark-ui/use-spark-ui.tsx';
import { ClusterActions, ExtendIfManaged } from './cluster-actions.tsx';
import { ClusterNotice } from './cluster-notice.tsx';
import { ClusterState, clusterStateWords } from './cluster-state.tsx';
import { ClusterStart, isStarting } from './cluster-start.tsx';
import { ClusterSummary } from './cluster-summary.tsx';
import { ClusterTabs } from './cluster-tabs.tsx';
import { ClusterWays } from './cluster-ways.tsx';
import { TimeLeft } from '../../components/time-left.tsx';

const ClusterSharing = lazy(() => import('../sharing/cluster-sharing.tsx'));

/** The most important facts of an active cluster, at the top. */
const Glance = ({ cluster }: { readonly cluster: ClusterView }) => (
  <SpaceBetween direction="horizontal" size="s" alignItems="center">
    <ClusterState cluster={cluster} />
    {cluster.isActive && (
      <span>
        <TimeLeft of={cluster} /> left
      </span>
    )}
    <ExtendIfManaged cluster={cluster} />
  </SpaceBetween>
);

const CLUSTERS = { text: 'Clusters', to: '/clusters' };

const ClusterPage = () => {
  const { id = '' } = useParams();
  const query = useRead('getCluster', { id }, { isLive: ({ isActive }) => isActive, inBackground: useMayNotify() });
  const { data } = query;
  useReadyNotification(
    data?.identifier ?? '',
    data === undefined ? undefined : isStarting(data),
    data === undefined ? '' : clusterStateWords(data)[1],
  );
  const sparkUi = useSparkUi(() => send('openClusterSparkUi', { id }));
  return (
    <Loaded query={query} what="the cluster" page={{ title: 'Cluster', parent: CLUSTERS }}>
      {(cluster) => (
        <Page
          title={cluster.identifier}
          tab={clusterStateWords(cluster)[1]}
          live={`The cluster is: ${clusterStateWords(cluster)[1]}`}
          parent={CLUSTERS}
          description={<Glance cluster={cluster} />}
          actions={<ClusterActions cluster={cluster}>{cluster.readyAt !== null && sparkUi.button}</ClusterActions>}
        >
          {sparkUi.problem}
          <ClusterNotice cluster={cluster} />
          {isStarting(cluster) && <ClusterStart cluster={cluster} />}
          <ClusterTabs cluster={cluster}>
            <div className="atmo-pair-of-parts">
              {/* First of a ready cluster, since people come for the tunnel. */}
              <ClusterWays cluster={cluster} />
              <div className="atmo-facts">
                <ClusterSummary cluster={cluster} />
              </div>
              <Suspense fallback={<Loading what="with whom this is shared" />}>
                <ClusterSharing cluster={cluster} />
              </Suspense>
            </div>
          </ClusterTabs>
        </Page>
      )}
    </Loaded>
  );
};

export default ClusterPage;

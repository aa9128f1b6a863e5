import { lazy, Suspense } from 'react';

import { EmptyState } from '../../components/empty-state.tsx';
import { PageButton } from '../../components/links.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Loading } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useChoice, useListView } from '../../components/use-list-view.ts';
import { useTotal } from '../../components/use-total.ts';
import { useWhose } from '../../components/use-whose.ts';
import { useMe } from '../../lib/me.ts';
import { useRead } from '../../lib/use-route.ts';
import { clusterColumns } from './cluster-columns.tsx';

const ClusterRowActions = lazy(() => import('./cluster-actions.tsx'));

const SORTABLE = [true, false].flatMap((ended) => clusterColumns({ ended, owners: true }));

const ClustersPage = () => {
  const { id: myId, permissions } = useMe();
  const status = useChoice('status', 'Which clusters', [
    { value: 'active', label: 'Active' },
    { value: 'terminated', label: 'Terminated' },
    { value: 'failed', label: 'Failed' },
    { value: 'all', label: 'All' },
  ]);
  const { whose, owner } = useWhose('Whose clusters', permissions.includes('see-every-cluster'));
  const view = useListView(SORTABLE, '-createdAt', [status, whose]);
  const shown = status.chosen.value;
  const request = { ...view.request, status: shown, owner };
  const clusters = useRead('listClusters', request, {
    keepPrevious: true,
    isLive: ({ items }) => items.some(({ isActive }) => isActive),
  });
  const owners = clusters.data?.items.some(({ ownerId }) => ownerId !== myId) ?? owner === 'all';
  const word = shown === 'all' ? '' : `${shown} `;
  return (
    <Page
      title="Clusters"
      description="Apache Spark on EMR with Jupyter and Zeppelin, for a few hours."
      actions={
        <PageButton to="/new/cluster" variant="primary">
          Launch a cluster
        </PageButton>
      }
    >
      <ListTable
        nouns={['cluster', 'clusters']}
        query={clusters}
        total={useTotal('listClusters', request, clusters.data)}
        view={view}
        choices={[status, whose]}
        columns={clusterColumns({ ended: shown === 'terminated' || shown === 'failed', owners })}
        keyOf={({ id }) => id}
        nameOf={({ identifier }) => identifier}
        renderActions={(cluster) => (
          <Suspense fallback={<Loading what="the actions" />}>
            <ClusterRowActions cluster={cluster} />
          </Suspense>
        )}
        empty={
          <EmptyState
            title={owner === 'shared' ? `No ${word}clusters are shared with you` : `No ${word}clusters`}
            action={
              shown === 'active' || shown === 'all' ? (
                <PageButton to="/new/cluster">Launch a cluster</PageButton>
              ) : undefined
            }
          />
        }
      />
    </Page>
  );
};

export default ClustersPage;

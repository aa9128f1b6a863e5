import { useChange, useRead } from '../../lib/use-route.ts';
import { clusterColumns } from '../clusters/cluster-columns.tsx';
import { BulkAction } from './bulk-action.tsx';
import { BulkListPage, useBulkList } from './bulk-list-page.tsx';

const STATUSES = ['active', 'terminated', 'failed', 'all'] as const;

const AllClustersPage = () => {
  const list = useBulkList(STATUSES, 'active', (status) =>
    clusterColumns({ ended: status === 'terminated' || status === 'failed', owners: true }),
  );
  const clusters = useRead('listAllClusters', list.request, {
    keepPrevious: true,
    isLive: ({ items }) => items.some(({ isActive }) => isActive),
  });
  const terminate = useChange('terminateClusters', { outdates: ['listAllClusters'] });
  return (
    <BulkListPage
      nouns={['cluster', 'clusters']}
      searches="Identifier or owner"
      list={list}
      query={clusters}
      idOf={({ id }) => id}
      nameOf={({ identifier }) => identifier}
      renderActions={(chosen) => (
        <BulkAction
          {...chosen}
          label="Terminate"
          effect="The clusters end at once, with what runs on them. Home directories stay."
          act={(ids) => terminate.mutateAsync({ ids })}
        />
      )}
    />
  );
};

export default AllClustersPage;

import { useState } from 'react';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useSort } from '../../components/use-sort.ts';
import { useChange, useRead } from '../../lib/use-route.ts';
import { clusterColumns } from '../clusters/cluster-columns.tsx';
import { BulkAction } from './bulk-action.tsx';
import { ListFilters, useListFilter } from './list-filters.tsx';

const STATUSES = ['active', 'terminated', 'failed', 'all'] as const;

const AllClustersPage = () => {
  const { filter, request, show } = useListFilter(STATUSES, 'active');
  const columns = clusterColumns({ ended: filter.status === 'terminated' || filter.status === 'failed', owners: true });
  const { sort, sorting } = useSort(columns, '-createdAt');
  const pages = usePages(JSON.stringify([request, filter.status, sort]));
  const [selected, setSelected] = useState<ClusterView[]>([]);
  const terminate = useChange('terminateClusters', { outdates: ['listAllClusters'] });
  const clusters = useRead(
    'listAllClusters',
    { ...request, status: filter.status, sort, cursor: pages.cursor },
    { keepPrevious: true, isLive: ({ items }) => items.some(({ isActive }) => isActive) },
  );
  return (
    <Page
      title="All clusters"
      description="Clusters of everybody."
      actions={
        <BulkAction
          label="Terminate"
          noun="cluster"
          chosen={selected.map(({ id, identifier }) => ({ id, name: identifier }))}
          effect="The clusters end at once, with what runs on them. Home directories stay."
          act={(ids) => terminate.mutateAsync({ ids })}
          onDone={() => setSelected([])}
        />
      }
    >
      <PagedTable
        name="clusters"
        query={clusters}
        pages={pages}
        columns={columns}
        sorting={sorting}
        trackBy={({ id }) => id}
        selection={{ selected, onChange: setSelected }}
        filter={
          <ListFilters
            name="clusters"
            placeholder="Identifier or owner"
            filter={filter}
            statuses={STATUSES}
            withRelease
            show={show}
          />
        }
        empty={<EmptyState title="No clusters like this" />}
      />
    </Page>
  );
};

export default AllClustersPage;

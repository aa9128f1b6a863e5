import { useState } from 'react';

import type { ClusterView } from '../../../shared/contract/routes/clusters.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useChange, useRead } from '../../lib/use-route.ts';
import { clusterColumns } from '../clusters/cluster-columns.tsx';
import { BulkAction } from './bulk-action.tsx';
import { ListFilters, useListFilter } from './list-filters.tsx';

const STATUSES = ['active', 'terminated', 'failed', 'all'] as const;

const AllClustersPage = () => {
  const { text, status, query, show } = useListFilter(STATUSES, 'active');
  const pages = usePages(`${status} ${query}`);
  const [selected, setSelected] = useState<ClusterView[]>([]);
  const terminate = useChange('terminateClusters', { outdates: ['listAllClusters'] });
  const clusters = useRead(
    'listAllClusters',
    { status, cursor: pages.cursor, ...(query === '' ? {} : { query }) },
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
          ids={selected.map(({ id }) => id)}
          names={selected.map(({ identifier }) => identifier)}
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
        columns={clusterColumns({ ended: status === 'terminated' || status === 'failed', owners: true })}
        trackBy={({ id }) => id}
        selection={{ selected, onChange: setSelected }}
        filter={
          <ListFilters
            name="clusters"
            placeholder="Identifier or owner"
            text={text}
            status={status}
            statuses={STATUSES}
            show={show}
          />
        }
        empty={<EmptyState title="No clusters like this" />}
      />
    </Page>
  );
};

export default AllClustersPage;

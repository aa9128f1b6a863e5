import { EmptyState } from '../../components/empty-state.tsx';
import { PageButton, PageLink } from '../../components/links.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useMe } from '../../lib/me.ts';
import { clusterColumns } from '../clusters/cluster-columns.tsx';
import { Card } from './card.tsx';
import { FilterLinks } from './filter-links.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { STATUSES, type Status, type ClusterList } from './use-dashboard.ts';

const OPTIONS = STATUSES.map((value) => ({ value, text: `${value[0]?.toUpperCase()}${value.slice(1)}` }));

interface ClustersCardProps {
  readonly status: Status;
  readonly list: ClusterList;
}

/** Clusters, those that expire first on top while they are active. */
export const ClustersCard = ({ status, list }: ClustersCardProps) => {
  const { id: myId } = useMe();
  const items = list.data?.items ?? [];
  const columns = clusterColumns({
    ended: status === 'terminated' || status === 'failed',
    owners: items.some(({ ownerId }) => ownerId !== myId),
  });
  const more = list.data?.cursor ?? null;
  return (
    <Card
      title="Clusters"
      count={list.data?.total ?? items.length}
      actions={<PageButton to="/new/cluster">Launch a cluster</PageButton>}
    >
      <FilterLinks label="Which clusters" parameter="status" options={OPTIONS} value={status} />
      <Loaded query={list} what="the clusters">
        {() =>
          items.length === 0 ? (
            <EmptyState title={status === 'all' ? 'No clusters' : `No ${status} clusters`} />
          ) : (
            <PlainTable
              name="clusters"
              items={status === 'active' ? items.toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt)) : items}
              columns={columns}
              keyOf={({ id }) => id}
            />
          )
        }
      </Loaded>
      {more !== null && <PageLink to={`/clusters?status=${status}`}>All of them</PageLink>}
    </Card>
  );
};

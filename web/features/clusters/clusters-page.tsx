import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSearchParams } from 'react-router';

import { EmptyState } from '../../components/empty-state.tsx';
import { PageButton } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { SearchField, useSearch } from '../../components/search-field.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useSort } from '../../components/use-sort.ts';
import { useMe } from '../../lib/me.ts';
import { useRead } from '../../lib/use-route.ts';
import { clusterColumns } from './cluster-columns.tsx';

const STATUSES = ['active', 'terminated', 'failed', 'all'] as const;
type Status = (typeof STATUSES)[number];

const statusIn = (parameters: URLSearchParams): Status =>
  STATUSES.find((status) => status === parameters.get('status')) ?? 'active';

const LISTS = [
  { value: 'any', label: 'Mine and shared with me' },
  { value: 'mine', label: 'Mine' },
  { value: 'shared', label: 'Shared with me' },
  { value: 'all', label: 'Everybody’s' },
] as const;

const EMPTY: Readonly<Record<Status, string>> = {
  active: 'No active clusters',
  terminated: 'No terminated clusters',
  failed: 'No failed clusters',
  all: 'No clusters yet',
};

const ClustersPage = () => {
  const { id: myId, permissions } = useMe();
  const [parameters, setParameters] = useSearchParams();
  const status = statusIn(parameters);
  const lists = LISTS.filter(({ value }) => value !== 'all' || permissions.includes('see-every-cluster'));
  const list = lists.find(({ value }) => value === parameters.get('owner')) ?? LISTS[0];
  const owner = list.value === 'any' ? undefined : list.value;
  const search = useSearch();
  const { query } = search;
  const ended = status === 'terminated' || status === 'failed';
  const { sort, sorting } = useSort(clusterColumns({ ended, owners: true }), '-createdAt');
  const pages = usePages(`${status} ${list.value} ${query} ${sort}`);
  const clusters = useRead(
    'listClusters',
    { status, owner, query, sort, cursor: pages.cursor },
    { isLive: ({ items }) => items.some(({ isActive }) => isActive) },
  );
  const owners = clusters.data?.items.some(({ ownerId }) => ownerId !== myId) ?? owner === 'all';
  const empty = owner === 'shared' ? 'No such clusters are shared with you' : EMPTY[status];
  const show = (change: Record<string, string>): void =>
    setParameters({ ...Object.fromEntries(parameters), ...change }, { replace: true });
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
      <PagedTable
        name="clusters"
        query={clusters}
        pages={pages}
        columns={clusterColumns({ ended, owners })}
        sorting={sorting}
        trackBy={({ id }) => id}
        filter={
          <SpaceBetween direction="horizontal" size="l" alignItems="center">
            <SegmentedControl
              label="Which clusters"
              selectedId={status}
              options={STATUSES.map((id) => ({ id, text: `${id[0]?.toUpperCase()}${id.slice(1)}` }))}
              onChange={({ detail }) => show({ status: detail.selectedId })}
            />
            <Select
              ariaLabel="Whose clusters"
              selectedOption={list}
              options={lists}
              onChange={({ detail }) => show({ owner: detail.selectedOption.value ?? 'any' })}
            />
            <SearchField name="clusters" search={search} total={clusters.data?.total} />
          </SpaceBetween>
        }
        empty={
          <EmptyState
            title={query === undefined ? empty : `No clusters match “${query}”`}
            action={
              status === 'active' || status === 'all' ? (
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

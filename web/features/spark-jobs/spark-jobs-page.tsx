import SegmentedControl from '@cloudscape-design/components/segmented-control';
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
import { isLiveJob } from './is-live.ts';
import { sparkJobColumns } from './spark-job-columns.tsx';

const LISTS = [
  { id: 'mine', text: 'Mine', empty: 'No Spark jobs yet' },
  { id: 'shared', text: 'Shared with me', empty: 'No Spark jobs shared with you' },
  { id: 'all', text: 'All', empty: 'No Spark jobs yet' },
] as const;

const SparkJobsPage = () => {
  const { permissions } = useMe();
  const [parameters, setParameters] = useSearchParams();
  const lists = LISTS.filter(({ id }) => id !== 'all' || permissions.includes('see-every-spark-job'));
  const list = lists.find(({ id }) => id === parameters.get('owner')) ?? LISTS[0];
  const search = useSearch();
  const { query } = search;
  const columns = sparkJobColumns({ owners: list.id !== 'mine' });
  const { sort, sorting } = useSort(columns, '-createdAt');
  const pages = usePages(`${list.id} ${query} ${sort}`);
  const jobs = useRead(
    'listSparkJobs',
    { owner: list.id, query, sort, cursor: pages.cursor },
    { isLive: ({ items }) => items.some(isLiveJob) },
  );
  return (
    <Page
      title="Spark jobs"
      description="Notebooks that run on a schedule, each run on its own cluster."
      actions={
        <PageButton to="/new/spark-job" variant="primary">
          Create a Spark job
        </PageButton>
      }
    >
      <PagedTable
        name="Spark jobs"
        query={jobs}
        pages={pages}
        columns={columns}
        sorting={sorting}
        trackBy={({ identifier }) => identifier}
        filter={
          <SpaceBetween direction="horizontal" size="l" alignItems="center">
            <SegmentedControl
              label="Whose Spark jobs"
              selectedId={list.id}
              options={lists.map(({ id, text }) => ({ id, text }))}
              onChange={({ detail }) =>
                setParameters({ ...Object.fromEntries(parameters), owner: detail.selectedId }, { replace: true })
              }
            />
            <SearchField name="Spark jobs" search={search} total={jobs.data?.total} />
          </SpaceBetween>
        }
        empty={
          <EmptyState
            title={query === undefined ? list.empty : `No Spark jobs match “${query}”`}
            action={list.id === 'mine' ? <PageButton to="/new/spark-job">Create a Spark job</PageButton> : undefined}
          />
        }
      />
    </Page>
  );
};

export default SparkJobsPage;

import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';

import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useSort } from '../../components/use-sort.ts';
import { useChange, useRead } from '../../lib/use-route.ts';
import { sparkJobColumns } from '../spark-jobs/spark-job-columns.tsx';
import { BulkAction } from './bulk-action.tsx';
import { ListFilters, useListFilter } from './list-filters.tsx';

const STATUSES = ['all', 'enabled', 'disabled', 'expired', 'running', 'failed', 'supportEnding'] as const;
const OUTDATES = { outdates: ['listAllSparkJobs'] } as const;

const AllSparkJobsPage = () => {
  const { filter, request, show } = useListFilter(STATUSES, 'all');
  const columns = sparkJobColumns({ owners: true, releases: true });
  const { sort, sorting } = useSort(columns, '-createdAt');
  const pages = usePages(JSON.stringify([request, filter.status, sort]));
  const [selected, setSelected] = useState<ListedSparkJobView[]>([]);
  const run = useChange('runSparkJobs', OUTDATES);
  const enable = useChange('enableSparkJobs', OUTDATES);
  const disable = useChange('disableSparkJobs', OUTDATES);
  const jobs = useRead(
    'listAllSparkJobs',
    { ...request, status: filter.status, sort, cursor: pages.cursor },
    { keepPrevious: true },
  );
  const all = {
    noun: 'Spark job',
    chosen: selected.map(({ identifier }) => ({ id: identifier, name: identifier })),
    onDone: () => setSelected([]),
  };
  return (
    <Page
      title="All Spark jobs"
      description="Spark jobs of everybody."
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <BulkAction
            {...all}
            label="Run now"
            effect="Each job runs once with its own parameters; the next interval run is one interval after this one."
            act={(ids) => run.mutateAsync({ ids })}
          />
          <BulkAction
            {...all}
            label="Enable"
            effect="Their schedules start runs again."
            act={(ids) => enable.mutateAsync({ ids })}
          />
          <BulkAction
            {...all}
            label="Disable"
            effect="Occurrences are recorded as missed until somebody enables the jobs. Runs that are active go on."
            act={(ids) => disable.mutateAsync({ ids })}
          />
        </SpaceBetween>
      }
    >
      <PagedTable
        name="Spark jobs"
        query={jobs}
        pages={pages}
        columns={columns}
        sorting={sorting}
        trackBy={({ identifier }) => identifier}
        selection={{ selected, onChange: setSelected }}
        filter={
          <ListFilters
            name="Spark jobs"
            placeholder="Identifier, description or owner"
            filter={filter}
            statuses={STATUSES}
            withRelease
            show={show}
          />
        }
        empty={<EmptyState title="No Spark jobs like this" />}
      />
    </Page>
  );
};

export default AllSparkJobsPage;

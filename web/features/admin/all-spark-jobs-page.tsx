import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';

import type { ListedSparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useChange, useRead } from '../../lib/use-route.ts';
import { sparkJobColumns } from '../spark-jobs/spark-job-columns.tsx';
import { BulkAction } from './bulk-action.tsx';
import { ListFilters, useListFilter } from './list-filters.tsx';

const STATUSES = ['all', 'enabled', 'disabled', 'expired', 'running', 'failed', 'supportEnding'] as const;
const OUTDATES = { outdates: ['listAllSparkJobs'] } as const;

const AllSparkJobsPage = () => {
  const { text, status, query, show } = useListFilter(STATUSES, 'all');
  const pages = usePages(`${status} ${query}`);
  const [selected, setSelected] = useState<ListedSparkJobView[]>([]);
  const run = useChange('runSparkJobs', OUTDATES);
  const enable = useChange('enableSparkJobs', OUTDATES);
  const disable = useChange('disableSparkJobs', OUTDATES);
  const jobs = useRead(
    'listAllSparkJobs',
    { status, cursor: pages.cursor, ...(query === '' ? {} : { query }) },
    { keepPrevious: true },
  );
  const identifiers = selected.map(({ identifier }) => identifier);
  const chosen = { noun: 'Spark job', ids: identifiers, names: identifiers, onDone: () => setSelected([]) };
  return (
    <Page
      title="All Spark jobs"
      description="Spark jobs of everybody."
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <BulkAction
            {...chosen}
            label="Run now"
            effect="Each job runs once with its own parameters; the next interval run is one interval after this one."
            act={(ids) => run.mutateAsync({ ids })}
          />
          <BulkAction
            {...chosen}
            label="Enable"
            effect="Their schedules start runs again."
            act={(ids) => enable.mutateAsync({ ids })}
          />
          <BulkAction
            {...chosen}
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
        columns={sparkJobColumns({ owners: true })}
        trackBy={({ identifier }) => identifier}
        selection={{ selected, onChange: setSelected }}
        filter={
          <ListFilters
            name="Spark jobs"
            placeholder="Identifier, description or owner"
            text={text}
            status={status}
            statuses={STATUSES}
            show={show}
          />
        }
        empty={<EmptyState title="No Spark jobs like this" />}
      />
    </Page>
  );
};

export default AllSparkJobsPage;

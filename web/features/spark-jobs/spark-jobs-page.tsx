import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense } from 'react';

import { EmptyState } from '../../components/empty-state.tsx';
import { PageButton } from '../../components/links.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Loading } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useChoice, useListView } from '../../components/use-list-view.ts';
import { useTotal } from '../../components/use-total.ts';
import { useMe } from '../../lib/me.ts';
import { useRead } from '../../lib/use-route.ts';
import { isLiveJob } from './is-live.ts';
import { sparkJobColumns } from './spark-job-columns.tsx';

const SparkJobRowActions = lazy(() => import('./spark-job-row-actions.tsx'));

const MINE = { value: 'mine', label: 'Mine' } as const;
const SHARED = { value: 'shared', label: 'Shared with me' } as const;
const ALL = { value: 'all', label: 'All' } as const;

const SparkJobsPage = () => {
  const { permissions } = useMe();
  const whose = useChoice(
    'owner',
    'Whose Spark jobs',
    permissions.includes('see-every-spark-job') ? [MINE, SHARED, ALL] : [MINE, SHARED],
  );
  const status = useChoice('status', 'State', [
    { value: 'all', label: 'Any state' },
    { value: 'failed', label: 'Failing' },
    { value: 'running', label: 'Running' },
    { value: 'enabled', label: 'Enabled' },
    { value: 'disabled', label: 'Disabled' },
    { value: 'expired', label: 'Expired' },
  ]);
  const owner = whose.chosen.value;
  const columns = sparkJobColumns({ owners: owner !== 'mine' });
  const view = useListView(columns, '-createdAt', [whose, status]);
  const request = { ...view.request, owner, status: status.chosen.value };
  const jobs = useRead('listSparkJobs', request, {
    keepPrevious: true,
    isLive: ({ items }) => items.some(isLiveJob),
  });
  const isFiltered = status.chosen.value !== 'all';
  return (
    <Page
      title="Spark jobs"
      description="Notebooks that run on a schedule, each run by itself."
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <PageButton to="/deleted-spark-jobs">Deleted Spark jobs</PageButton>
          <PageButton to="/new/spark-job" variant="primary">
            Create a Spark job
          </PageButton>
        </SpaceBetween>
      }
    >
      <ListTable
        nouns={['Spark job', 'Spark jobs']}
        query={jobs}
        total={useTotal('listSparkJobs', request, jobs.data)}
        view={view}
        choices={[whose, status]}
        columns={columns}
        keyOf={({ identifier }) => identifier}
        nameOf={({ identifier }) => identifier}
        renderActions={({ identifier }) => (
          <Suspense fallback={<Loading what="the actions" />}>
            <SparkJobRowActions identifier={identifier} />
          </Suspense>
        )}
        empty={
          <EmptyState
            title={
              isFiltered
                ? `No Spark jobs are ${status.chosen.label.toLowerCase()}`
                : owner === 'shared'
                  ? 'No Spark jobs are shared with you'
                  : 'No Spark jobs yet'
            }
            action={
              owner === 'mine' && !isFiltered ? (
                <PageButton to="/new/spark-job">Create a Spark job</PageButton>
              ) : undefined
            }
          />
        }
      />
    </Page>
  );
};

export default SparkJobsPage;

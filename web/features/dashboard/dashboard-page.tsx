import Header from '@cloudscape-design/components/header';

import { EmptyState } from '../../components/empty-state.tsx';
import { PageButton, PageLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { useMe } from '../../lib/me.ts';
import { useRead } from '../../lib/use-route.ts';
import { clusterColumns } from '../clusters/cluster-columns.tsx';
import { isLiveJob } from '../spark-jobs/is-live.ts';
import { sparkJobColumns } from '../spark-jobs/spark-job-columns.tsx';
import { BudgetNotice } from './budget-notice.tsx';
import { MonthCost } from './month-cost.tsx';

/** Rows that fit on a screen; the lists have the rest. */
const SHOWN = 10;

const MyClusters = () => {
  const clusters = useRead(
    'listClusters',
    { status: 'active', owner: 'mine', limit: SHOWN },
    { isLive: ({ items }) => items.some(({ isActive }) => isActive) },
  );
  return (
    <PagedTable
      name="my active clusters"
      query={clusters}
      columns={clusterColumns({ ended: false, owners: false })}
      trackBy={({ id }) => id}
      header={
        <Header
          variant="h2"
          description={<PageLink to="/clusters?status=all">All my clusters</PageLink>}
          actions={
            <PageButton to="/new/cluster" variant="primary">
              Launch a cluster
            </PageButton>
          }
        >
          Active clusters
        </Header>
      }
      empty={<EmptyState title="No active clusters" text="A cluster is ready about ten minutes after its launch." />}
    />
  );
};

const MySparkJobs = () => {
  const jobs = useRead(
    'listSparkJobs',
    { owner: 'mine', limit: SHOWN },
    { isLive: ({ items }) => items.some(isLiveJob) },
  );
  return (
    <PagedTable
      name="my Spark jobs"
      query={jobs}
      columns={sparkJobColumns({ owners: false })}
      trackBy={({ identifier }) => identifier}
      header={
        <Header
          variant="h2"
          description={<PageLink to="/spark-jobs">All Spark jobs</PageLink>}
          actions={
            <PageButton to="/new/spark-job" variant="primary">
              Create a Spark job
            </PageButton>
          }
        >
          Spark jobs
        </Header>
      }
      empty={<EmptyState title="No Spark jobs yet" text="Upload a notebook and run it on a schedule." />}
    />
  );
};

const DashboardPage = () => {
  const { username } = useMe();
  return (
    <Page title="Dashboard" description={`Clusters and Spark jobs of ${username}.`}>
      <BudgetNotice />
      <MonthCost />
      <MyClusters />
      <MySparkJobs />
    </Page>
  );
};

export default DashboardPage;

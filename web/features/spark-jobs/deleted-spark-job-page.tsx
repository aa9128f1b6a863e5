import Alert from '@cloudscape-design/components/alert';
import type { TabsProps } from '@cloudscape-design/components/tabs';
import { Navigate, useParams } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import { AddressTabs } from '../../components/address-tabs.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../lib/use-route.ts';
import { FilesByRun } from '../runs/files-by-run.tsx';
import { RunsTable } from '../runs/runs-table.tsx';

const DELETED = { text: 'Deleted Spark jobs', to: '/deleted-spark-jobs' };

const tabsOf = (identifier: string): TabsProps.Tab[] => [
  { id: 'runs', label: 'Runs', content: <RunsTable identifier={identifier} isLive={false} /> },
  { id: 'results', label: 'Results', content: <FilesByRun identifier={identifier} kind="results" /> },
  { id: 'logs', label: 'Logs', content: <FilesByRun identifier={identifier} kind="logs" /> },
];

/** What a deleted job has left: its runs with their results and logs. */
const DeletedSparkJobPage = () => {
  const { identifier = '' } = useParams();
  // Answers 404 to all but the owner and admins.
  const runs = useRead('listRuns', { identifier });
  const job = useRead('getSparkJob', { identifier });
  const page = { title: identifier, parent: DELETED };
  // The owner may have made another job with the identifier. What was read before the deletion says nothing.
  if (job.isSuccess && job.isFetchedAfterMount) return <Navigate to={PAGES.sparkJob(identifier)} replace />;
  return (
    <Loaded query={job.isPending ? { ...runs, data: undefined } : runs} what="the runs" page={page}>
      {({ items }) => (
        <Page {...page}>
          {items.length === 0 ? (
            <EmptyState title="No runs" text="This job was deleted before it ran." />
          ) : (
            <>
              <Alert type="info">This job was deleted. Its runs, results and logs are kept.</Alert>
              <AddressTabs label="About this job" tabs={tabsOf(identifier)} />
            </>
          )}
        </Page>
      )}
    </Loaded>
  );
};

export default DeletedSparkJobPage;

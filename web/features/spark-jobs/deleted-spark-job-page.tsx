import Alert from '@cloudscape-design/components/alert';
import { useParams } from 'react-router';

import { AddressTabs } from '../../components/address-tabs.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../lib/use-route.ts';
import { FilesByRun } from '../runs/files-by-run.tsx';
import { RunsTable } from '../runs/runs-table.tsx';

const DELETED = { text: 'Deleted Spark jobs', to: '/deleted-spark-jobs' };

/** What a deleted job has left: its runs with their results and logs. */
const DeletedSparkJobPage = () => {
  const { identifier = '' } = useParams();
  // Answers 404 to all but the owner and admins.
  const runs = useRead('listRuns', { identifier });
  const page = { title: identifier, parent: DELETED };
  return (
    <Loaded query={runs} what="the runs" page={page}>
      {() => (
        <Page {...page}>
          <Alert type="info">This job was deleted. Its runs, results and logs are kept.</Alert>
          <AddressTabs
            label="About this job"
            tabs={[
              { id: 'runs', label: 'Runs', content: <RunsTable identifier={identifier} isLive={false} /> },
              { id: 'results', label: 'Results', content: <FilesByRun identifier={identifier} kind="results" /> },
              { id: 'logs', label: 'Logs', content: <FilesByRun identifier={identifier} kind="logs" /> },
            ]}
          />
        </Page>
      )}
    </Loaded>
  );
};

export default DeletedSparkJobPage;

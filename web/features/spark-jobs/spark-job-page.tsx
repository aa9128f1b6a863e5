import Alert from '@cloudscape-design/components/alert';
import type { TabsProps } from '@cloudscape-design/components/tabs';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';

import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { AddressTabs } from '../../components/address-tabs.tsx';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { LongText } from '../../components/long-text.tsx';
import { Page } from '../../components/page.tsx';
import { utcText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';
import { useRead } from '../../lib/use-route.ts';
import { QueuedNote } from '../runs/queued-note.tsx';
import { RunsTable } from '../runs/runs-table.tsx';
import { FilesByRun } from '../runs/files-by-run.tsx';
import { isLiveJob } from './is-live.ts';
import { SparkJobActions } from './spark-job-actions.tsx';
import { JobOccurrences } from './job-occurrences.tsx';
import { SparkJobSettings } from './spark-job-settings.tsx';
import { sparkJobStateText } from './spark-job-state.tsx';
import { SparkJobSummary } from './spark-job-summary.tsx';

const JobNotebook = lazy(() => import('../notebooks/job-notebook.tsx'));
const SparkJobSharing = lazy(() => import('../sharing/spark-job-sharing.tsx'));

const tabsOf = (job: SparkJobView): TabsProps.Tab[] => [
  { id: 'runs', label: 'Runs', content: <RunsTable identifier={job.identifier} isLive={isLiveJob(job)} /> },
  {
    id: 'notebook',
    label: 'Notebook',
    content: (
      <Suspense fallback={<Loading what="the notebook" />}>
        <JobNotebook job={job} />
      </Suspense>
    ),
  },
  { id: 'results', label: 'Results', content: <FilesByRun identifier={job.identifier} kind="results" /> },
  { id: 'logs', label: 'Logs', content: <FilesByRun identifier={job.identifier} kind="logs" /> },
  {
    id: 'sharing',
    label: 'Sharing',
    content: (
      <Suspense fallback={<Loading what="with whom this is shared" />}>
        <SparkJobSharing job={job} />
      </Suspense>
    ),
  },
  { id: 'settings', label: 'Settings', content: <SparkJobSettings job={job} /> },
];

/** A notice for the owner about the job's state. */
const JobNotice = ({ job }: { readonly job: SparkJobView }) => {
  if (job.expiredAt !== null)
    return (
      <Alert type="info" header="This job has expired">
        It ended {job.endDate === null ? '' : utcText(job.endDate)} and no longer runs. To revive it, move its end date
        to the future.
      </Alert>
    );
  return job.isEnabled ? null : <Alert type="info">This job is disabled. Its schedule does not start runs.</Alert>;
};

const SPARK_JOBS = { text: 'Spark jobs', to: '/spark-jobs' };

const SparkJobPage = () => {
  const { identifier = '' } = useParams();
  const now = useNow();
  const query = useRead('getSparkJob', { identifier }, { isLive: isLiveJob });
  const page = { title: identifier, parent: SPARK_JOBS };
  return (
    <Loaded query={query} what="the Spark job" page={page}>
      {(job) => (
        <Page
          {...page}
          description={<LongText text={job.description} />}
          live={`The job is: ${sparkJobStateText(job, now)}`}
          actions={<SparkJobActions job={job} />}
        >
          <JobNotice job={job} />
          {job.latestRun !== null && <QueuedNote run={job.latestRun} />}
          <div className="atmo-pair-of-parts">
            <SparkJobSummary job={job} />
            <JobOccurrences job={job} />
          </div>
          <AddressTabs label="About this job" tabs={tabsOf(job)} />
        </Page>
      )}
    </Loaded>
  );
};

export default SparkJobPage;

import Button from '@cloudscape-design/components/button';
import { lazy, Suspense } from 'react';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { PageButton } from '../../components/links.tsx';
import { PageActions } from '../../components/page-actions.tsx';
import { urlOf } from '../../lib/api.ts';
import { DeleteSparkJob } from './delete-spark-job.tsx';
import { TransferSparkJob } from './transfer-spark-job.tsx';
import { SwitchSparkJob } from './switch-spark-job.tsx';

/** Loaded lazily: its dialog needs schemas that are larger than the rest of the page. */
const RunNow = lazy(() => import('./run-now.tsx'));

/** The actions of a job that the person may do. */
export const SparkJobActions = ({ job }: { readonly job: SparkJobView }) => {
  const mayManage = job.permissions.includes('manage');
  return (
    <PageActions
      of={job.identifier}
      more={
        <>
          <Button
            href={urlOf('getNotebook', { identifier: job.identifier })}
            download={job.notebook.name}
            iconName="download"
          >
            Notebook
          </Button>
          <PageButton to={`/new/spark-job?like=${encodeURIComponent(job.identifier)}`}>Create one like this</PageButton>
          {mayManage && <DeleteSparkJob job={job} />}
          {mayManage && <TransferSparkJob job={job} />}
          {mayManage && <SwitchSparkJob job={job} />}
        </>
      }
    >
      {mayManage && <PageButton to={`${PAGES.sparkJob(job.identifier)}/edit`}>Edit</PageButton>}
      {job.permissions.includes('run') && (
        <Suspense
          fallback={
            <Button variant="primary" disabled>
              Run now
            </Button>
          }
        >
          <RunNow job={job} />
        </Suspense>
      )}
    </PageActions>
  );
};

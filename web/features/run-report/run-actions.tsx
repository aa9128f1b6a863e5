import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense } from 'react';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { RunView } from '../../../shared/contract/run.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { PageButton } from '../../components/links.tsx';
import { TerminateRun } from '../runs/terminate-run.tsx';

/** Loaded lazily: its dialog needs schemas that are larger than the rest of the page. */
const RunNow = lazy(() => import('../spark-jobs/run-now.tsx'));

/** What the person may do with a run and its job. */
export const RunActions = ({ job, run }: { readonly job: SparkJobView; readonly run: RunView }) => {
  const may = (permission: SparkJobView['permissions'][number]): boolean => job.permissions.includes(permission);
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {may('manage') && <PageButton to={PAGES.editSparkJob(job.identifier)}>Edit notebook</PageButton>}
      {run.outcome === null && may('manage') && <TerminateRun identifier={job.identifier} run={run} />}
      {run.outcome !== null && may('run') && (
        <Suspense fallback={<Button disabled>Run again</Button>}>
          <RunNow key={run.id} job={job} label="Run again" given={run.parameters} />
        </Suspense>
      )}
    </SpaceBetween>
  );
};

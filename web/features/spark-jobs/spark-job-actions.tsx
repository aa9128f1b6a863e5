import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { PageButton } from '../../components/links.tsx';
import { urlOf } from '../../lib/api.ts';
import { DeleteSparkJob } from './delete-spark-job.tsx';
import { RunNow } from './run-now.tsx';
import { SwitchSparkJob } from './switch-spark-job.tsx';

/** What may be done with a job: to look at it is everybody's who sees it, the rest its managers'. */
export const SparkJobActions = ({ job }: { readonly job: SparkJobView }) => {
  const download = (
    <Button
      href={urlOf('getNotebook', { identifier: job.identifier })}
      download={job.notebook.name}
      iconName="download"
    >
      Notebook
    </Button>
  );
  if (!job.permissions.includes('manage')) return download;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {download}
      <DeleteSparkJob job={job} />
      <SwitchSparkJob job={job} />
      <PageButton to={`${PAGES.sparkJob(job.identifier)}/edit`}>Edit</PageButton>
      <RunNow job={job} />
    </SpaceBetween>
  );
};

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';

/** Opens the page of a job that was just saved, without reading it again. */
export const useSavedSparkJob = (): ((job: SparkJobView) => void) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  return (job) => {
    client.setQueryData(['getSparkJob', { identifier: job.identifier }], job);
    void client.invalidateQueries({ queryKey: ['listSparkJobs'] });
    void navigate(PAGES.sparkJob(job.identifier));
  };
};

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';

import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';

/** Goes to a job that was just written, without reading it again. */
export const useSavedSparkJob = (): ((job: SparkJobView) => void) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  return (job) => {
    client.setQueryData(['getSparkJob', { identifier: job.identifier }], job);
    for (const outdated of ['listSparkJobs', 'getSparkJobDefaults'])
      void client.invalidateQueries({ queryKey: [outdated] });
    void navigate(`/spark-jobs/${job.identifier}`);
  };
};

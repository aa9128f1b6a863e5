import Button from '@cloudscape-design/components/button';
import { useQueryClient } from '@tanstack/react-query';

import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { useNotify } from '../../components/notices.tsx';
import { useChange } from '../../lib/use-route.ts';

/** A job's current settings, for a request that changes one of them. */
const settingsOf = (job: SparkJobView) => ({
  identifier: job.identifier,
  description: job.description,
  parameters: job.parameters,
  resultVisibility: job.resultVisibility,
  size: job.size,
  schedule: job.schedule,
  timeout: job.timeout,
  endDate: job.endDate,
  emrRelease: job.emrRelease,
});

/** Disables or enables a job's schedule. */
export const SwitchSparkJob = ({ job }: { readonly job: SparkJobView }) => {
  const client = useQueryClient();
  const notify = useNotify();
  const queryKey = ['getSparkJob', { identifier: job.identifier }];
  const { mutate, isPending } = useChange('updateSparkJob', {
    outdates: ['listSparkJobs'],
    // When it runs next the answer tells; until then the page says that it is being worked out.
    foresees: ({ isEnabled }) => ({ queryKey, output: { ...job, isEnabled, nextRuns: [] } }),
    onDone: (changed) => client.setQueryData(queryKey, changed),
  });
  return (
    <Button
      loading={isPending}
      onClick={() =>
        mutate(
          { ...settingsOf(job), isEnabled: !job.isEnabled },
          { onError: ({ message }) => notify({ type: 'error', text: message }) },
        )
      }
    >
      {job.isEnabled ? 'Disable' : 'Enable'}
    </Button>
  );
};

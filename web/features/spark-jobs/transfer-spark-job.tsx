import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';

import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { useMe } from '../../lib/me.ts';
import { useChange } from '../../lib/use-route.ts';

const TransferDialog = lazy(() => import('../people/transfer-dialog.tsx'));

/** Gives a job to another person; for admins. */
export const TransferSparkJob = ({ job }: { readonly job: SparkJobView }) => {
  const client = useQueryClient();
  const { permissions } = useMe();
  const { mutateAsync } = useChange('transferSparkJob', {
    outdates: ['listSparkJobs'],
    onDone: (transferred) => client.setQueryData(['getSparkJob', { identifier: transferred.identifier }], transferred),
  });
  if (!permissions.includes('administer')) return null;
  return (
    <Suspense fallback={null}>
      <TransferDialog
        what={`Spark job ${job.identifier}`}
        onTransfer={(owner) => mutateAsync({ identifier: job.identifier, owner })}
      >
        The identifier, the notebook, all runs and their results go to the new owner for good, and the job counts in
        their quotas. Its schedule and everything that it is shared with stay.
      </TransferDialog>
    </Suspense>
  );
};

import Box from '@cloudscape-design/components/box';

import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useNotify } from '../../components/notices.tsx';
import { useChange } from '../../lib/use-route.ts';

export const DeleteSparkJob = ({ job: { identifier, isRunnable } }: { readonly job: SparkJobView }) => {
  const notify = useNotify();
  const { mutateAsync } = useChange('deleteSparkJob', {
    outdates: ['listSparkJobs'],
    onDone: () => notify({ type: 'success', text: `The Spark job ${identifier} was deleted.` }, '/spark-jobs'),
  });
  return (
    <ConfirmButton
      label="Delete"
      title={`Delete ${identifier}?`}
      confirmLabel="Delete"
      onConfirm={() => mutateAsync({ identifier })}
    >
      <Box>
        {isRunnable ? '' : 'The run that is going on is terminated. '}
        The schedule and the notebook with all its versions are removed; results stay where they are.
      </Box>
    </ConfirmButton>
  );
};

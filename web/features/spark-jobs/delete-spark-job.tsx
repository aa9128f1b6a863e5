import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';

import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useNotify } from '../../components/notices.tsx';
import { useChange } from '../../lib/use-route.ts';

export const DeleteSparkJob = ({ job: { identifier, isRunnable } }: { readonly job: SparkJobView }) => {
  const notify = useNotify();
  const [results, setResults] = useState<'keep' | 'remove'>('keep');
  const { mutateAsync } = useChange('deleteSparkJob', {
    outdates: ['listSparkJobs'],
    onDone: () => notify({ type: 'success', text: `The Spark job ${identifier} was deleted.` }, '/spark-jobs'),
  });
  return (
    <ConfirmButton
      label="Delete"
      title={`Delete ${identifier}?`}
      confirmLabel="Delete"
      onConfirm={() => mutateAsync({ identifier, results })}
    >
      <SpaceBetween size="m">
        <Box>
          {isRunnable ? '' : 'The current run is terminated. '}
          The schedule and all versions of the notebook are removed. Public links stop working.
        </Box>
        <FormField label="Results of its runs">
          <RadioGroup
            value={results}
            items={[
              { value: 'keep', label: 'Keep', description: 'Only you and admins can access them.' },
              { value: 'remove', label: 'Remove', description: 'Removed results cannot be restored.' },
            ]}
            onChange={({ detail }) => setResults(detail.value === 'remove' ? 'remove' : 'keep')}
          />
        </FormField>
      </SpaceBetween>
    </ConfirmButton>
  );
};

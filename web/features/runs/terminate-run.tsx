import Box from '@cloudscape-design/components/box';
import { useQueryClient } from '@tanstack/react-query';

import type { RunView } from '../../../shared/contract/run.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { useChange } from '../../lib/use-route.ts';

/** Terminates a run. */
export const TerminateRun = ({ identifier, run }: { readonly identifier: string; readonly run: RunView }) => {
  const client = useQueryClient();
  const { mutateAsync } = useChange('terminateRun', {
    outdates: ['getSparkJob', 'listSparkJobs', 'listRuns'],
    onDone: (terminated) => client.setQueryData(['getRun', { identifier, runId: terminated.id }], terminated),
  });
  return (
    <ConfirmButton
      label="Terminate"
      title={`Terminate run ${run.number}?`}
      confirmLabel="Terminate"
      onConfirm={() => mutateAsync({ identifier, runId: run.id })}
    >
      <Box>Its cluster is terminated immediately. Results saved so far are kept, and the schedule continues.</Box>
    </ConfirmButton>
  );
};

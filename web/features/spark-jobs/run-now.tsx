import Box from '@cloudscape-design/components/box';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { runSparkJobBody } from '../../lib/contract.ts';
import { useChange } from '../../lib/use-route.ts';
import { requestOf, rowsOf, type ParameterRow, type OfferedParameter } from './parameter-rows.ts';
import { ParametersEditor } from './parameters-editor.tsx';

const whyNot = ({ isRunnable, isEnabled, expiredAt }: SparkJobView): string | null => {
  if (!isRunnable) return 'The latest run has not finished.';
  if (expiredAt !== null) return 'This job has expired.';
  return isEnabled ? null : 'This job is disabled. Enable it first.';
};

const NO_PARAMETERS: readonly OfferedParameter[] = [];

/** Starts a run at once, optionally with other parameters. */
const RunNow = ({ job }: { readonly job: SparkJobView }) => {
  const navigate = useNavigate();
  const [hasOwn, setHasOwn] = useState(false);
  const [rows, setRows] = useState<readonly ParameterRow[]>(() => rowsOf(job.parameters));
  const { mutateAsync } = useChange('runSparkJob', {
    outdates: ['getSparkJob', 'listSparkJobs', 'listRuns'],
    onDone: (run) => void navigate(PAGES.run(job.identifier, run.id)),
  });
  const parameters = hasOwn ? requestOf(rows) : null;
  const checked = runSparkJobBody.safeParse({ parameters });
  const problem = whyNot(job);
  return (
    <ConfirmButton
      label="Run now"
      variant="primary"
      title={`Run ${job.identifier} now?`}
      confirmLabel="Run now"
      disabled={problem !== null}
      {...(problem === null ? {} : { disabledReason: problem })}
      canConfirm={checked.success}
      onConfirm={() => mutateAsync({ identifier: job.identifier, parameters })}
    >
      <Box>
        A cluster is launched for this run.
        {job.schedule.type === 'interval' && ' The next scheduled run is one interval after this one.'}
      </Box>
      <Toggle checked={hasOwn} onChange={({ detail }) => setHasOwn(detail.checked)}>
        Change the parameters for this run
      </Toggle>
      {hasOwn && (
        <ParametersEditor
          rows={rows}
          offered={NO_PARAMETERS}
          onChange={setRows}
          error={checked.success ? undefined : checked.error.issues[0]?.message}
        />
      )}
    </ConfirmButton>
  );
};

export default RunNow;

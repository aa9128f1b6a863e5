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
import { RunCost } from './run-cost.tsx';

const whyNot = ({ isRunnable, isEnabled, expiredAt }: SparkJobView): string | null => {
  if (!isRunnable) return 'The latest run has not finished.';
  if (expiredAt !== null) return 'This job has expired.';
  return isEnabled ? null : 'This job is disabled. Enable it first.';
};

const NO_PARAMETERS: readonly OfferedParameter[] = [];

interface RunNowProps {
  readonly job: SparkJobView;
  readonly label?: string;
  /** Parameters of this run; the job's where they are left out. */
  readonly given?: SparkJobView['parameters'];
  /** Whether they are shown to be changed first. */
  readonly isChanging?: boolean;
}

/** Starts a run at once, optionally with other parameters. */
const RunNow = ({ job, label = 'Run now', given, isChanging = false }: RunNowProps) => {
  const navigate = useNavigate();
  const [hasOwn, setHasOwn] = useState(isChanging);
  const [rows, setRows] = useState<readonly ParameterRow[]>(() => rowsOf(given ?? job.parameters));
  const { mutateAsync } = useChange('runSparkJob', {
    outdates: ['getSparkJob', 'listSparkJobs', 'listRuns'],
    onDone: (run) => void navigate(PAGES.run(job.identifier, run.id)),
  });
  const parameters = hasOwn ? requestOf(rows) : given === undefined ? null : requestOf(rowsOf(given));
  const checked = runSparkJobBody.safeParse({ parameters });
  const problem = whyNot(job);
  return (
    <ConfirmButton
      label={label}
      variant="primary"
      title={given === undefined ? `Run ${job.identifier} now?` : `Run ${job.identifier} again?`}
      confirmLabel={label}
      disabled={problem !== null}
      {...(problem === null ? {} : { disabledReason: problem })}
      canConfirm={checked.success}
      onConfirm={() => mutateAsync({ identifier: job.identifier, parameters })}
    >
      <Box>
        {job.engine === 'cluster' ? 'A cluster is launched for this run.' : 'It starts on EMR Serverless.'}
        {job.schedule.type === 'interval' && ' The next scheduled run is one interval after this one.'}
      </Box>
      <RunCost job={job} />
      {given !== undefined && !hasOwn && <Box>It has the parameters of this run.</Box>}
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

import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy } from 'react';
import { useNavigate } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { RunRemedy } from '../../../shared/contract/routes/runs.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { PageButton } from '../../components/links.tsx';
import { countText } from '../../lib/amounts.ts';
import { updateSparkJobBody } from '../../lib/contract.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { useChange } from '../../lib/use-route.ts';
import { presentSparkJob, updateRequestOf, type SparkJobInput } from '../spark-jobs/spark-job-input.ts';
import { RunCost } from '../spark-jobs/run-cost.tsx';
import { ENGINE_WORDS, sizeWords } from '../runs/run-words.ts';

const RunNow = lazy(() => import('../spark-jobs/run-now.tsx'));

/** A remedy that is a setting of the job. */
type Setting = Extract<RunRemedy, { kind: 'size' | 'timeout' | 'emrRelease' | 'engine' }>;

const sizeText = (job: SparkJobView, size: number): string => {
  const words = sizeWords({ engine: job.engine, size });
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
};

const withWords = (job: SparkJobView, { kind, value }: Setting): string => {
  switch (kind) {
    case 'size':
      return `with ${sizeText(job, value)}`;
    case 'timeout':
      return `with a time-out of ${countText(value, 'hour')}`;
    case 'emrRelease':
      return `on EMR ${value}`;
    case 'engine':
      return `on ${value === 'cluster' ? 'a cluster' : ENGINE_WORDS[value].label}`;
  }
};

const withSetting = (input: SparkJobInput, { kind, value }: Setting): SparkJobInput =>
  kind === 'size' || kind === 'timeout' ? { ...input, [kind]: String(value) } : { ...input, [kind]: value };

const changed = (job: SparkJobView, { kind, value }: Setting): SparkJobView => ({ ...job, [kind]: value });

/** Changes the job, and runs it. */
const ChangeAndRun = ({ job, remedy }: { readonly job: SparkJobView; readonly remedy: Setting }) => {
  const navigate = useNavigate();
  const update = useChange('updateSparkJob', { outdates: ['getSparkJob', 'listSparkJobs'] });
  const run = useChange('runSparkJob', {
    outdates: ['getSparkJob', 'listSparkJobs', 'listRuns'],
    onDone: ({ id }) => void navigate(PAGES.run(job.identifier, id)),
  });
  const { identifier } = job;
  const words = withWords(job, remedy);
  const confirm = async (): Promise<void> => {
    // A change is of the whole job: what is left out would be reset.
    const input = withSetting(presentSparkJob(job, serverNow()), remedy);
    await update.mutateAsync({ identifier, ...updateSparkJobBody.parse(updateRequestOf(input)) });
    await run.mutateAsync({ identifier });
  };
  return (
    <ConfirmButton
      label={`Run again ${words}`}
      title={`Run ${identifier} again ${words}?`}
      confirmLabel="Change and run"
      disabled={!job.isRunnable}
      {...(job.isRunnable ? {} : { disabledReason: 'The job has to be enabled, and its latest run to have finished.' })}
      onConfirm={confirm}
    >
      <Box>The job keeps this setting for its later runs.</Box>
      <RunCost job={changed(job, remedy)} />
    </ConfirmButton>
  );
};

const Remedy = ({ job, remedy }: { readonly job: SparkJobView; readonly remedy: RunRemedy }) => {
  switch (remedy.kind) {
    case 'notebook':
      return <PageButton to={PAGES.editSparkJob(job.identifier)}>Replace the notebook</PageButton>;
    case 'parameters':
      return (
        <RunNow
          job={job}
          label={remedy.value === null ? 'Run again with other parameters' : 'Run again with the earlier parameters'}
          given={remedy.value ?? job.parameters}
          isChanging
        />
      );
    case 'size':
    case 'timeout':
    case 'emrRelease':
    case 'engine':
      return <ChangeAndRun job={job} remedy={remedy} />;
  }
};

interface RunRemediesProps {
  readonly job: SparkJobView;
  /** Most promising first. */
  readonly remedies: readonly RunRemedy[];
}

/** What a person can do about a failed run, as buttons; none for those who may not change the job. */
const RunRemedies = ({ job, remedies }: RunRemediesProps) =>
  remedies.length === 0 || !job.permissions.includes('manage') ? null : (
    <SpaceBetween direction="horizontal" size="xs">
      {remedies.map((remedy) => (
        <Remedy key={remedy.kind} job={job} remedy={remedy} />
      ))}
    </SpaceBetween>
  );

export default RunRemedies;

import Box from '@cloudscape-design/components/box';

import type { RunView } from '../../../shared/contract/run.ts';
import { EmrConsoleLink } from '../../components/emr-console-link.tsx';
import { FactsAndIds } from '../../components/facts-and-ids.tsx';
import { IdToCopy } from '../../components/id-to-copy.tsx';
import { CostAndRate } from '../../components/cost-so-far.tsx';
import { Moment, MomentOr } from '../../components/moment.tsx';
import { useNow } from '../../lib/use-now.ts';
import { ParameterList } from './parameter-list.tsx';
import { RunState } from './run-state.tsx';
import { ENGINE_WORDS, runDuration, sizeWords, triggerWords } from './run-words.ts';

const stateOf = (run: RunView) => (
  <>
    <RunState run={run} />
    <Box fontSize="body-s" color="text-body-secondary">
      EMR: {run.status}
    </Box>
  </>
);

/** All recorded facts of a run. */
export const RunSummary = ({ run }: { readonly run: RunView }) => {
  const now = useNow();
  return (
    <FactsAndIds
      columns={3}
      facts={[
        { label: 'State', value: stateOf(run) },
        { label: 'Duration', value: runDuration(run, now) },
        {
          label: 'Cost',
          value: <CostAndRate cost={run.cost} />,
        },
        { label: 'Started by', value: triggerWords(run) },
        { label: 'Occurrence', value: <Moment at={run.occurrence} /> },
        { label: 'Scheduled', value: <Moment at={run.scheduledAt} /> },
        { label: 'Started', value: <MomentOr at={run.startedAt} /> },
        { label: 'Ready', value: <MomentOr at={run.readyAt} /> },
        { label: 'Finished', value: <MomentOr at={run.finishedAt} /> },
        { label: 'Size', value: sizeWords(run) },
        { label: 'EMR release', value: run.emrRelease },
        { label: 'Engine', value: ENGINE_WORDS[run.engine].label },
        { label: 'Parameters', value: <ParameterList parameters={run.parameters} /> },
      ]}
      wide={[
        run.engine === 'serverless'
          ? {
              label: 'EMR job run',
              value: run.jobRunId === null ? 'None' : <IdToCopy what="job run id" text={run.jobRunId} />,
            }
          : { label: 'EMR cluster', value: <EmrConsoleLink jobflowId={run.jobflowId} none="None" /> },
        {
          label: 'Notebook version',
          value: (
            <Box variant="code">
              <IdToCopy what="notebook version" text={run.notebookVersion} />
            </Box>
          ),
        },
      ]}
    />
  );
};

import '../../components/inks.css';
import './run-page.css';

import { useParams } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { RunView } from '../../../shared/contract/run.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../lib/use-route.ts';
import { RunActions } from './run-actions.tsx';
import { RunFailureReport } from './run-failure-report.tsx';
import { RunHeadline } from '../runs/run-headline.tsx';
import { RunNeighbours } from '../runs/run-neighbours.tsx';
import { RunStages } from '../runs/run-stages.tsx';
import { runStateWords } from '../runs/run-state.tsx';
import { RunTabs } from '../runs/run-tabs.tsx';

const needsExplaining = ({ outcome }: RunView): boolean => outcome !== null && outcome !== 'succeeded';

const RunReport = ({ identifier, run }: { readonly identifier: string; readonly run: RunView }) => {
  const isRunning = run.outcome === null;
  const { data: progress } = useRead('getProgress', { identifier, runId: run.id }, { isLive: () => isRunning });
  const { data: job } = useRead('getSparkJob', { identifier });
  return (
    <Page
      title={`Run ${run.number} of ${identifier}`}
      live={`The run is: ${runStateWords(run)[1]}`}
      parent={{ text: identifier, to: PAGES.sparkJob(identifier) }}
      description={<RunNeighbours identifier={identifier} run={run} />}
      actions={job !== undefined && <RunActions job={job} run={run} />}
    >
      <RunHeadline run={run} usual={progress?.usual ?? null} />
      {isRunning && progress !== undefined && <RunStages progress={progress} engine={run.engine} />}
      {needsExplaining(run) && <RunFailureReport identifier={identifier} run={run} job={job} />}
      <RunTabs key={run.id} identifier={identifier} run={run} running={isRunning ? progress?.cell : null} />
    </Page>
  );
};

const RunPage = () => {
  const { identifier = '', runId = '' } = useParams();
  const query = useRead('getRun', { identifier, runId }, { isLive: ({ outcome }) => outcome === null });
  return (
    <Loaded query={query} what="the run" isPage>
      {(run) => <RunReport identifier={identifier} run={run} />}
    </Loaded>
  );
};

export default RunPage;

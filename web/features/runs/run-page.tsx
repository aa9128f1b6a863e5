import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useParams } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { RunView } from '../../../shared/contract/run.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSparkUi } from '../spark-ui/use-spark-ui.tsx';
import { RunFailureReport } from './run-failure-report.tsx';
import { RunFiles } from './run-files.tsx';
import { runStateWords } from './run-state.tsx';
import { RunSummary } from './run-summary.tsx';
import { TerminateRun } from './terminate-run.tsx';
import { useMayManageJob } from './use-may-manage-job.ts';

const needsExplaining = ({ outcome }: RunView): boolean => outcome !== null && outcome !== 'succeeded';

const RunPage = () => {
  const { identifier = '', runId = '' } = useParams();
  const query = useRead('getRun', { identifier, runId }, { isLive: ({ outcome }) => outcome === null });
  const mayManage = useMayManageJob(identifier);
  const sparkUi = useSparkUi(() => send('openRunSparkUi', { identifier, runId }));
  return (
    <Loaded query={query} what="the run" isPage>
      {(run) => (
        <Page
          title={`Run ${run.number} of ${identifier}`}
          live={`The run is: ${runStateWords(run)[1]}`}
          parent={{ text: identifier, to: PAGES.sparkJob(identifier) }}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {run.outcome !== 'missed' && sparkUi.button}
              {run.outcome === null && mayManage && <TerminateRun identifier={identifier} run={run} />}
            </SpaceBetween>
          }
        >
          {sparkUi.problem}
          {needsExplaining(run) && <RunFailureReport identifier={identifier} run={run} />}
          <RunSummary run={run} />
          <Container header={<Header variant="h2">Results</Header>}>
            <RunFiles identifier={identifier} run={run} kind="results" />
          </Container>
          <Container header={<Header variant="h2">Logs</Header>}>
            <RunFiles identifier={identifier} run={run} kind="logs" />
          </Container>
        </Page>
      )}
    </Loaded>
  );
};

export default RunPage;

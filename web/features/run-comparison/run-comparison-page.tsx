import '../../components/inks.css';
import './run-comparison.css';

import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useParams } from 'react-router';

import type { RunView } from '../../../shared/contract/run.ts';
import { crumbOfJob } from '../../components/breadcrumb.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../lib/use-route.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useRunFiles } from '../runs/use-run-files.ts';
import { isNotebook } from '../runs/viewers.ts';
import { ChosenRuns } from './chosen-runs.tsx';
import { ComparedNotebooks } from './compared-notebooks.tsx';
import { FactsTable } from './facts-table.tsx';

interface BothRunsProps {
  readonly identifier: string;
  readonly before: RunView;
  readonly after: RunView;
}

const Notebooks = ({ identifier, before, after }: BothRunsProps) => {
  const [old, now] = [useRunFiles({ identifier, run: before }), useRunFiles({ identifier, run: after })];
  return (
    <Loaded query={old} what="the notebooks">
      {(oldFiles) => (
        <Loaded query={now} what="the notebooks">
          {(nowFiles) => {
            const [oldFile, nowFile] = [oldFiles.items.find(isNotebook), nowFiles.items.find(isNotebook)];
            const without = oldFile === undefined ? before : after;
            return oldFile === undefined || nowFile === undefined ? (
              <EmptyState title="No cells to compare" text={`Run ${without.number} has no executed notebook.`} />
            ) : (
              <ComparedNotebooks before={{ run: before, file: oldFile }} after={{ run: after, file: nowFile }} />
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
};

const Comparison = ({ identifier, before, after }: BothRunsProps) => (
  <Page
    title={`Runs ${before.number} and ${after.number} of ${identifier}`}
    parent={crumbOfJob(identifier)}
    description="What differs between two runs of the job."
  >
    <ChosenRuns identifier={identifier} before={before} after={after} />
    <Container header={<Header variant="h2">Facts</Header>}>
      <FactsTable identifier={identifier} before={before} after={after} />
    </Container>
    <Container
      header={
        <Header variant="h2" description="By their code and their outputs, without what Spark itself logs.">
          Cells that differ
        </Header>
      }
    >
      <Notebooks identifier={identifier} before={before} after={after} />
    </Container>
  </Page>
);

const useRun = (identifier: string, runId: string) =>
  useRead('getRun', { identifier, runId }, { keepPrevious: true, isLive: ({ outcome }) => outcome === null });

const RunComparisonPage = () => {
  const { identifier = '', runId = '', otherId = '' } = useParams();
  const [before, after] = [useRun(identifier, runId), useRun(identifier, otherId)];
  const page = { title: `Two runs of ${identifier}`, parent: crumbOfJob(identifier) };
  return (
    <Loaded query={before} what="the first run" page={page}>
      {(old) => (
        <Loaded query={after} what="the second run" page={page}>
          {(now) => <Comparison identifier={identifier} before={old} after={now} />}
        </Loaded>
      )}
    </Loaded>
  );
};

export default RunComparisonPage;

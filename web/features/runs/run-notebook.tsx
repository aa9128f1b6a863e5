import { lazy, Suspense } from 'react';

import type { RunView } from '../../../shared/contract/run.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { useRead } from '../../lib/use-route.ts';
import { useRunFiles } from './use-run-files.ts';
import { isNotebook } from './viewers.ts';

const NotebookFile = lazy(() => import('../notebooks/notebook-file.tsx'));

interface RunNotebookProps {
  readonly identifier: string;
  readonly run: RunView;
  readonly running: number | null;
}

/** The notebook as the run has left it so far, at the cell that runs or failed. */
export const RunNotebook = ({ identifier, run, running }: RunNotebookProps) => {
  const isRunning = run.outcome === null;
  const results = useRunFiles({ identifier, run });
  const isExplained = run.outcome === 'failed' || run.outcome === 'timedOut';
  const failure = useRead('getFailure', { identifier, runId: run.id }, { enabled: isExplained });
  return (
    <Loaded query={results} what="the notebook">
      {({ items }) => {
        const file = items.find(isNotebook);
        if (file === undefined)
          return (
            <EmptyState
              title={isRunning ? 'Not executed yet' : 'No executed notebook'}
              text={
                isRunning
                  ? 'The notebook is shown here from its first cell on.'
                  : 'The run ended before its first cell. The job’s page has the notebook as it was uploaded.'
              }
            />
          );
        return (
          <Suspense fallback={<Loading what="the notebook" />}>
            <div className="atmo-run-notebook">
              <NotebookFile file={file} running={running} openAt={running ?? failure.data?.cell ?? null} />
            </div>
          </Suspense>
        );
      }}
    </Loaded>
  );
};

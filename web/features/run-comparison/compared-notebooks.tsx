import '../notebooks/notebook.css';

import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';

import type { RunFile } from '../../../shared/contract/routes/runs.ts';
import type { RunView } from '../../../shared/contract/run.ts';
import { Loaded } from '../../components/loaded.tsx';
import { countText } from '../../lib/amounts.ts';
import { fetchFile } from '../../lib/api.ts';
import { askWorker } from '../../lib/ask-worker.ts';
import type { NotebookComparison } from '../notebooks/reading/compare-notebooks.ts';
import type { ComparisonRequest } from '../notebooks/reading/comparison-worker.ts';
import { ComparedCellView } from './compared-cell-view.tsx';

const compare = (request: ComparisonRequest, signal: AbortSignal): Promise<NotebookComparison> =>
  askWorker(new Worker(new URL('../notebooks/reading/comparison-worker.ts', import.meta.url), { type: 'module' }), {
    request,
    signal,
    what: 'One of the notebooks',
  });

const blobOf = async ({ url }: RunFile, signal: AbortSignal): Promise<Blob> => (await fetchFile(url, signal)).blob();

interface RunWithNotebook {
  readonly run: RunView;
  readonly file: RunFile;
}

interface ComparedNotebooksProps {
  readonly before: RunWithNotebook;
  readonly after: RunWithNotebook;
}

/** What differs between the executed notebooks of two runs. */
export const ComparedNotebooks = ({ before, after }: ComparedNotebooksProps) => {
  const query = useQuery({
    queryKey: ['comparison', ...[before, after].flatMap(({ file }) => [file.key, file.etag])],
    queryFn: async ({ signal }) => {
      const [old, now] = await Promise.all([before, after].map(({ file }) => blobOf(file, signal)));
      return compare({ before: old, after: now } as ComparisonRequest, signal);
    },
    staleTime: Infinity,
  });
  return (
    <Loaded query={query} what="the notebooks">
      {({ cells, cellsLeft, same, isWhole }) => (
        <SpaceBetween size="l">
          <Box variant="p">
            {cells.length === 0
              ? `All ${countText(same, 'code cell')} have the same code and the same outputs.`
              : `${countText(cells.length + cellsLeft, 'code cell')} differ, ${same.toLocaleString('en-US')} do not.`}
          </Box>
          {!isWhole && (
            <Alert type="info">Only the start of these notebooks was compared. Download them to see the rest.</Alert>
          )}
          {cells.map((cell, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- a cell has no name but its place
            <ComparedCellView key={at} cell={cell} numbers={[before.run.number, after.run.number]} />
          ))}
          {cellsLeft > 0 && (
            <Alert type="info">
              {countText(cellsLeft, 'more cell')} that differ are not shown. Download the notebooks to see them.
            </Alert>
          )}
        </SpaceBetween>
      )}
    </Loaded>
  );
};

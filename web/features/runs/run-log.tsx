import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import type { RunFile } from '../../../shared/contract/routes/runs.ts';
import type { RunView } from '../../../shared/contract/run.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { fetchFile } from '../../lib/api.ts';
import { LogLines } from './log-lines.tsx';
import { RunFiles } from './run-files.tsx';
import { readFileText } from './text-file.ts';
import { useRunFiles } from './use-run-files.ts';

const isRunLog = ({ name }: RunFile): boolean => name === 'run.log';

interface RunLogProps {
  readonly identifier: string;
  readonly run: RunView;
}

const LogOfFile = ({ file, isGrowing }: { readonly file: RunFile; readonly isGrowing: boolean }) => {
  const query = useQuery({
    queryKey: ['log', file.key, file.etag],
    queryFn: async ({ signal }) => readFileText(await (await fetchFile(file.url, signal)).blob(), 'end'),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query} what="the log">
      {({ text, note }) => <LogLines text={text} note={note} url={file.url} isGrowing={isGrowing} />}
    </Loaded>
  );
};

/** The log of the runner, in which the notebook's and Spark's lines are too; behind it those of the step and the bootstrap. */
const RunLog = ({ identifier, run }: RunLogProps) => {
  const isGrowing = run.outcome === null;
  const results = useRunFiles({ identifier, run });
  // A run that ended before its notebook began has only those that tell why.
  const isAll = !isGrowing && results.data?.items.some(isRunLog) === false;
  return (
    <SpaceBetween size="l">
      <Loaded query={results} what="the log">
        {({ items }) => {
          const file = items.find(isRunLog);
          return file === undefined ? (
            <EmptyState
              title="No log yet"
              text={isGrowing ? 'It begins with the notebook.' : 'The run ended before its notebook began.'}
            />
          ) : (
            <LogOfFile file={file} isGrowing={isGrowing} />
          );
        }}
      </Loaded>
      <ExpandableSection
        key={String(isAll)}
        defaultExpanded={isAll}
        headerText="Step and bootstrap logs"
        headerDescription="As EMR delivers them, some minutes late"
      >
        <RunFiles identifier={identifier} run={run} kind="logs" />
      </ExpandableSection>
    </SpaceBetween>
  );
};

export default RunLog;

import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';

import type { RunView } from '../../../shared/contract/routes/runs.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useRead } from '../../lib/use-route.ts';
import { FileRow } from './file-row.tsx';

export type FileKind = 'results' | 'logs';

const ROUTES = { results: 'listResults', logs: 'listLogs' } as const;

const NOTHING = {
  results: { title: 'No results', text: 'The run wrote no files, or not yet.' },
  logs: { title: 'No logs', text: 'EMR copies them about every five minutes, and once more when the run ends.' },
} as const;

/** As many as one answer may list. */
const FILES = 100;

interface RunFilesProps {
  readonly identifier: string;
  readonly run: RunView;
  readonly kind: FileKind;
}

/** The files from a cursor on. Those that follow are read when they are asked for, and stay on the page. */
const FilesFrom = ({ identifier, run, kind, cursor }: RunFilesProps & { readonly cursor: string | undefined }) => {
  const [isMoreShown, setIsMoreShown] = useState(false);
  const query = useRead(
    ROUTES[kind],
    { identifier, runId: run.id, limit: FILES, cursor },
    { isLive: () => run.outcome === null },
  );
  return (
    <Loaded query={query} what={`the ${kind}`}>
      {({ items, cursor: next }) => (
        <SpaceBetween size="xs">
          {items.length === 0 && cursor === undefined && <EmptyState {...NOTHING[kind]} />}
          {items.length > 0 && (
            <ul className="atmo-files">
              {items.map((file) => (
                <FileRow key={file.key} file={file} />
              ))}
            </ul>
          )}
          {next !== null &&
            (isMoreShown ? (
              <FilesFrom key={next} identifier={identifier} run={run} kind={kind} cursor={next} />
            ) : (
              <Button onClick={() => setIsMoreShown(true)}>Show more {kind}</Button>
            ))}
        </SpaceBetween>
      )}
    </Loaded>
  );
};

/** The files of one run, with links that work for a while. */
export const RunFiles = (props: RunFilesProps) => <FilesFrom {...props} cursor={undefined} />;

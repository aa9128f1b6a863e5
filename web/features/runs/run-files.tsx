import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';

import type { RunFile } from '../../../shared/contract/routes/runs.ts';
import type { ListedRunView } from '../../../shared/contract/run.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { FileRow } from './file-row.tsx';
import { useRunFiles, type FileKind } from './use-run-files.ts';

const NOTHING = {
  results: { title: 'No results', text: 'The run has not written any files.' },
  logs: { title: 'No logs', text: 'EMR copies logs about every five minutes and when the run ends.' },
} as const;

interface RunFilesProps {
  readonly identifier: string;
  readonly run: ListedRunView;
  readonly kind: FileKind;
  /** Which of them; all where it is left out. */
  readonly isShown?: ((file: RunFile) => boolean) | undefined;
}

/** The files from a cursor on, with a button that appends the next page. */
const FilesFrom = ({
  identifier,
  run,
  kind,
  isShown,
  cursor,
}: RunFilesProps & { readonly cursor: string | undefined }) => {
  const [isMoreShown, setIsMoreShown] = useState(false);
  const query = useRunFiles({ identifier, run, kind, cursor });
  return (
    <Loaded query={query} what={`the ${kind}`}>
      {({ items: all, cursor: next }) => {
        const items = isShown === undefined ? all : all.filter(isShown);
        return (
          <SpaceBetween size="xs">
            {items.length === 0 && cursor === undefined && next === null && <EmptyState {...NOTHING[kind]} />}
            {items.length > 0 && (
              <ul className="atmo-files">
                {items.map((file) => (
                  <FileRow key={file.key} file={file} />
                ))}
              </ul>
            )}
            {next !== null &&
              (isMoreShown ? (
                <FilesFrom key={next} identifier={identifier} run={run} kind={kind} isShown={isShown} cursor={next} />
              ) : (
                <Button onClick={() => setIsMoreShown(true)}>Show more {kind}</Button>
              ))}
          </SpaceBetween>
        );
      }}
    </Loaded>
  );
};

/** The files of one run, with links of limited validity. */
export const RunFiles = (props: RunFilesProps) => <FilesFrom {...props} cursor={undefined} />;

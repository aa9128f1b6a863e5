import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import { useState } from 'react';

import type { RunFile, RunView } from '../../../shared/contract/routes/runs.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Moment } from '../../components/moment.tsx';
import { PageTurner } from '../../components/page-turner.tsx';
import { usePages } from '../../components/use-pages.ts';
import { bytesText } from '../../lib/amounts.ts';
import { useRead } from '../../lib/use-route.ts';
import { FileView } from './file-view.tsx';
import { viewerOf } from './viewers.ts';

export type FileKind = 'results' | 'logs';

const ROUTES = { results: 'listResults', logs: 'listLogs' } as const;

const NOTHING = {
  results: { title: 'No results', text: 'The run wrote no files, or not yet.' },
  logs: { title: 'No logs', text: 'EMR copies them about every five minutes, and once more when the run ends.' },
} as const;

const FileRow = ({ file }: { readonly file: RunFile }) => {
  const [isShown, setIsShown] = useState(false);
  return (
    <li>
      <div className="atmo-file">
        <span className="atmo-file-name">
          <Link href={file.url} external>
            {file.name}
          </Link>
        </span>
        <span className="atmo-file-facts">
          {bytesText(file.size)}, <Moment at={file.lastModified} />
        </span>
        {viewerOf(file) !== null && (
          <Button
            variant="inline-link"
            ariaExpanded={isShown}
            ariaLabel={`${isShown ? 'Hide' : 'Show'} ${file.name}`}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? 'Hide' : 'Show'}
          </Button>
        )}
      </div>
      {isShown && <FileView file={file} />}
    </li>
  );
};

/** The files of one run, with links that work for a while. */
export const RunFiles = ({
  identifier,
  run,
  kind,
}: {
  readonly identifier: string;
  readonly run: RunView;
  readonly kind: FileKind;
}) => {
  const pages = usePages(`${run.id} ${kind}`);
  const request = { identifier, runId: run.id, limit: 100, cursor: pages.cursor };
  const query = useRead(ROUTES[kind], request, { isLive: () => run.outcome === null, keepPrevious: true });
  return (
    <Loaded query={query} what={`the ${kind}`}>
      {({ items, cursor }) =>
        items.length === 0 ? (
          <EmptyState {...NOTHING[kind]} />
        ) : (
          <>
            <ul className="atmo-files">
              {items.map((file) => (
                <FileRow key={file.key} file={file} />
              ))}
            </ul>
            <PageTurner name={kind} pages={pages} next={cursor} />
          </>
        )
      }
    </Loaded>
  );
};

import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';

import type { ListedRunView } from '../../../shared/contract/run.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageTurner } from '../../components/page-turner.tsx';
import { usePages } from '../../components/use-pages.ts';
import { utcText } from '../../lib/instant-text.ts';
import { useRead } from '../../lib/use-route.ts';
import { RunFiles } from './run-files.tsx';
import type { FileKind } from './use-run-files.ts';
import { runStateWords } from './run-state.tsx';

interface FilesByRunProps {
  readonly identifier: string;
  readonly kind: FileKind;
}

/** A run's files, loaded when the section is expanded. */
const FilesOfRun = ({
  identifier,
  run,
  kind,
  isFirst,
}: FilesByRunProps & { readonly run: ListedRunView; readonly isFirst: boolean }) => {
  const [isOpen, setIsOpen] = useState(isFirst);
  return (
    <ExpandableSection
      expanded={isOpen}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
      headerText={`Run ${run.number}`}
      headerDescription={`${runStateWords(run)[1]}, ${utcText(run.scheduledAt)}`}
      headingTagOverride="h3"
    >
      {isOpen && <RunFiles identifier={identifier} run={run} kind={kind} />}
    </ExpandableSection>
  );
};

/** The files of a job's runs, newest first, with the newest expanded. */
export const FilesByRun = ({ identifier, kind }: FilesByRunProps) => {
  const pages = usePages(identifier);
  const query = useRead('listRuns', { identifier, cursor: pages.cursor });
  return (
    <Loaded query={query} what="the runs">
      {({ items, cursor }) =>
        items.length === 0 ? (
          <EmptyState title="No runs yet" text={`The job has no ${kind} until it has run.`} />
        ) : (
          <SpaceBetween size="xs">
            {items.map((run, index) => (
              <FilesOfRun key={run.id} identifier={identifier} run={run} kind={kind} isFirst={index === 0} />
            ))}
            <PageTurner name="runs" pages={pages} next={cursor} />
          </SpaceBetween>
        )
      }
    </Loaded>
  );
};

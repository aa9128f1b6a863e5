import Header from '@cloudscape-design/components/header';

import type { RouteInput, RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { NAME_WIDTH, PagedTable, type Column } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useRead } from '../../lib/use-route.ts';
import { ChangeList } from './change-list.tsx';

type Version = RouteOutput<Routes['listDocumentVersions']>['items'][number];

const COLUMNS: readonly Column<Version>[] = [
  { id: 'version', header: 'Version', isRowHeader: true, cell: ({ version }) => version },
  {
    id: 'when',
    header: 'When',
    cell: ({ changedAt, changedBy }) => (
      <>
        <Moment at={changedAt} />
        <OnPhones>{changedBy}</OnPhones>
      </>
    ),
  },
  { id: 'who', header: 'Who', isExtra: true, cell: ({ changedBy }) => changedBy },
  {
    id: 'what',
    header: 'What changed',
    minWidth: NAME_WIDTH,
    cell: ({ changes, moreChanges }) => <ChangeList changes={changes} more={moreChanges} />,
  },
];

export interface DocumentVersionsProps {
  readonly name: RouteInput<Routes['listDocumentVersions']>['name'];
}

/** Who changed what, newest first. */
const DocumentVersions = ({ name }: DocumentVersionsProps) => {
  const pages = usePages(`history-${name}`);
  const versions = useRead('listDocumentVersions', { name, limit: 10, cursor: pages.cursor });
  return (
    <PagedTable
      name="versions"
      query={versions}
      pages={pages}
      columns={COLUMNS}
      trackBy={({ version }) => String(version)}
      header={<Header variant="h2">History</Header>}
      empty={<EmptyState title="Nobody has changed this yet" />}
    />
  );
};

export default DocumentVersions;

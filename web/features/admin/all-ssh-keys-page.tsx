import Box from '@cloudscape-design/components/box';

import type { OwnedSshKeyView } from '../../../shared/contract/routes/admin-lists.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { Page } from '../../components/page.tsx';
import { NAME_WIDTH, PagedTable, type Column } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useRead } from '../../lib/use-route.ts';
import { ListFilters, useListFilter } from './list-filters.tsx';

const COLUMNS: readonly Column<OwnedSshKeyView>[] = [
  {
    id: 'title',
    header: 'Title',
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ id, title }) => (
      <PageLink to={`/ssh-keys/${id}`}>
        <Name text={title} />
      </PageLink>
    ),
  },
  { id: 'owner', header: 'Owner', cell: ({ owner }) => <Name text={owner} /> },
  { id: 'type', header: 'Type', isExtra: true, cell: ({ type, bits }) => `${type} (${bits} bits)` },
  {
    id: 'fingerprint',
    header: 'Fingerprint',
    cell: ({ fingerprint }) => (
      <Box variant="code">
        <Name text={fingerprint} />
      </Box>
    ),
  },
  { id: 'createdAt', header: 'Added', isExtra: true, cell: ({ createdAt }) => <Moment at={createdAt} /> },
];

const AllSshKeysPage = () => {
  const { text, query, show } = useListFilter([], '');
  const pages = usePages(query);
  const keys = useRead(
    'listAllSshKeys',
    { cursor: pages.cursor, ...(query === '' ? {} : { query }) },
    { keepPrevious: true },
  );
  return (
    <Page title="All SSH keys" description="Keys of everybody, found by title, owner or either fingerprint.">
      <PagedTable
        name="SSH keys"
        query={keys}
        pages={pages}
        columns={COLUMNS}
        trackBy={({ id }) => id}
        filter={<ListFilters name="SSH keys" placeholder="Title, owner or fingerprint" text={text} show={show} />}
        empty={<EmptyState title="No SSH keys like this" />}
      />
    </Page>
  );
};

export default AllSshKeysPage;

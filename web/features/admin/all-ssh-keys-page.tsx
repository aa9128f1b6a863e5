import Box from '@cloudscape-design/components/box';

import type { OwnedSshKeyView, SshKeySortField } from '../../../shared/contract/routes/admin-lists.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Id } from '../../components/id.tsx';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { Page } from '../../components/page.tsx';
import { NAME_WIDTH, PagedTable, type Column } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useSort } from '../../components/use-sort.ts';
import { useRead } from '../../lib/use-route.ts';
import { ListFilters, useListFilter } from './list-filters.tsx';

/** Pixels in which enough of it is seen to tell keys apart on phones. */
const FINGERPRINT_WIDTH = 168;

const COLUMNS: readonly Column<OwnedSshKeyView, SshKeySortField>[] = [
  {
    id: 'title',
    header: 'Title',
    sortingField: 'title',
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ id, title, owner }) => (
      <>
        <PageLink to={`/ssh-keys/${id}`}>
          <Name text={title} />
        </PageLink>
        <OnPhones>
          <Name text={owner} />
        </OnPhones>
      </>
    ),
  },
  { id: 'owner', header: 'Owner', sortingField: 'owner', isExtra: true, cell: ({ owner }) => <Name text={owner} /> },
  {
    id: 'type',
    header: 'Type',
    sortingField: 'type',
    isExtra: true,
    cell: ({ type, bits }) => `${type} (${bits} bits)`,
  },
  {
    id: 'fingerprint',
    header: 'Fingerprint',
    minWidth: FINGERPRINT_WIDTH,
    cell: ({ fingerprint }) => (
      <Box variant="code">
        <Id text={fingerprint} />
      </Box>
    ),
  },
  {
    id: 'createdAt',
    header: 'Added',
    sortingField: 'createdAt',
    isExtra: true,
    cell: ({ createdAt }) => <Moment at={createdAt} />,
  },
];

const AllSshKeysPage = () => {
  const { filter, request, show } = useListFilter([], '');
  const { sort, sorting } = useSort(COLUMNS, '-createdAt');
  const pages = usePages(JSON.stringify([request, sort]));
  const keys = useRead('listAllSshKeys', { ...request, sort, cursor: pages.cursor }, { keepPrevious: true });
  return (
    <Page title="All SSH keys" description="Keys of everybody, found by title, owner or either fingerprint.">
      <PagedTable
        name="SSH keys"
        query={keys}
        pages={pages}
        columns={COLUMNS}
        sorting={sorting}
        trackBy={({ id }) => id}
        filter={<ListFilters name="SSH keys" placeholder="Title, owner or fingerprint" filter={filter} show={show} />}
        empty={<EmptyState title="No SSH keys like this" />}
      />
    </Page>
  );
};

export default AllSshKeysPage;

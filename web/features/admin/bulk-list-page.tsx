import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import type { Column } from '../../components/column.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { useAddressPages } from '../../components/use-address-pages.ts';
import { useSort } from '../../components/use-sort.ts';
import type { BulkActionProps } from './bulk-action.tsx';
import { ListFilters, useListFilter } from './list-filters.tsx';

/** How a list of everybody's objects is read: its filters, its order and its page, from the address. */
export const useBulkList = <Item, Field extends string, Status extends string>(
  statuses: readonly Status[],
  initial: Status,
  columnsOf: (status: Status) => readonly Column<Item, Field>[],
) => {
  const { filter, request, show } = useListFilter(statuses, initial);
  const columns = columnsOf(filter.status);
  const { sort, sorting } = useSort(columns, '-createdAt' as `-${Field}`);
  const pages = useAddressPages(JSON.stringify([request, filter.status, sort]));
  return {
    request: { ...request, status: filter.status, sort, cursor: pages.cursor },
    shown: { statuses, filter, show, columns, sorting, pages },
  };
};

interface BulkListPageProps<Item, Field extends string, Status extends string> {
  /** One of the objects, and several. */
  readonly nouns: readonly [string, string];
  /** What the search looks at. */
  readonly searches: string;
  readonly list: ReturnType<typeof useBulkList<Item, Field, Status>>;
  readonly query: UseQueryResult<{ items: Item[]; cursor: string | null }>;
  readonly idOf: (item: Item) => string;
  readonly nameOf: (item: Item) => string;
  readonly renderActions: (chosen: Pick<BulkActionProps, 'noun' | 'chosen' | 'onDone'>) => ReactNode;
}

/** Everybody's objects, of which admins choose several to do something with. */
export const BulkListPage = <Item, Field extends string, Status extends string>({
  nouns: [noun, name],
  searches,
  list: {
    shown: { statuses, filter, show, ...table },
  },
  query,
  idOf,
  nameOf,
  renderActions,
}: BulkListPageProps<Item, Field, Status>) => {
  const [selected, setSelected] = useState<readonly Item[]>([]);
  return (
    <Page
      title={`All ${name}`}
      description={`${name.charAt(0).toUpperCase()}${name.slice(1)} of everybody.`}
      actions={renderActions({
        noun,
        chosen: selected.map((item) => ({ id: idOf(item), name: nameOf(item) })),
        onDone: () => setSelected([]),
      })}
    >
      <PagedTable
        {...table}
        name={name}
        query={query}
        trackBy={idOf}
        selection={{ selected, onChange: setSelected }}
        filter={
          <ListFilters name={name} placeholder={searches} filter={filter} statuses={statuses} withRelease show={show} />
        }
        empty={<EmptyState title={`No ${name} like this`} />}
      />
    </Page>
  );
};

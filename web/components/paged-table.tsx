import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { useNarrow } from '../lib/use-media.ts';
import type { Column } from './column.ts';
import { Failure, OutOfDate } from './failure.tsx';
import { PageTurner } from './page-turner.tsx';
import { useShownColumns } from './shown-columns.tsx';
import { countPages, type Pages } from './use-pages.ts';
import type { Sorting } from './use-sort.ts';

export { NAME_WIDTH, type Column } from './column.ts';

interface PagedTableProps<Item> {
  /** Names the items, in the plural. */
  readonly name: string;
  readonly query: UseQueryResult<{ items: Item[]; cursor: string | null }>;
  readonly pages?: Pages;
  readonly columns: readonly Column<Item>[];
  readonly trackBy: (item: Item) => string;
  readonly header?: ReactNode;
  readonly filter?: ReactNode;
  readonly empty: ReactNode;
  readonly variant?: TableProps.Variant;
  /** Makes the headers of columns with a `sortingField` buttons. The API sorts. */
  readonly sorting?: Sorting;
  /** Lets several items be chosen. */
  readonly selection?:
    | {
        readonly selected: readonly Item[];
        readonly onChange: (selected: Item[]) => void;
        /** Names an item; left out where it is called as it is tracked. */
        readonly nameOf?: (item: Item) => string;
      }
    | undefined;
}

const sortingOf = <Item,>({ sort, onChange }: Sorting) => ({
  sortingColumn: { sortingField: sort.replace(/^-/, '') },
  sortingDescending: sort.startsWith('-'),
  onSortingChange: ({ detail }: { detail: TableProps.SortingState<Item> }) =>
    onChange(`${detail.isDescending === true ? '-' : ''}${detail.sortingColumn.sortingField ?? ''}`),
});

/** An empty field makes the header plain text. */
const unsorted = <Item,>(column: Column<Item>): Column<Item> => ({ ...column, sortingField: '' });

/** One page of a list from the API, with its loading, empty and error states. */
export const PagedTable = <Item,>({
  name,
  query,
  pages,
  columns,
  trackBy,
  header,
  filter,
  empty,
  variant = 'container',
  sorting,
  selection,
}: PagedTableProps<Item>) => {
  const isNarrow = useNarrow();
  const { data, error, isPending, refetch } = query;
  const items = data?.items ?? [];
  const next = data?.cursor ?? null;
  const turner = pages !== undefined && countPages(pages, next) > 1 && (
    <PageTurner name={name} pages={pages} next={next} />
  );
  const shown = useShownColumns(columns);
  return (
    <SpaceBetween size="s">
      {error !== null && items.length > 0 && <OutOfDate error={error} />}
      <div {...(isPending ? { className: 'atmo-to-come' } : {})}>
        <Table
          variant={variant}
          wrapLines
          items={items}
          columnDefinitions={sorting === undefined ? shown.map(unsorted) : shown}
          {...(sorting === undefined ? {} : sortingOf<Item>(sorting))}
          trackBy={trackBy}
          loading={isPending}
          loadingText={`Loading ${name} …`}
          header={header}
          filter={filter}
          empty={error === null ? empty : <Failure error={error} retry={() => void refetch()} />}
          {...(selection === undefined
            ? {}
            : {
                selectionType: 'multi' as const,
                selectedItems: selection.selected,
                onSelectionChange: ({ detail }: { detail: { selectedItems: Item[] } }) =>
                  selection.onChange(detail.selectedItems),
              })}
          ariaLabels={{
            tableLabel: name,
            selectionGroupLabel: `Choose ${name}`,
            allItemsSelectionLabel: () => `Choose all ${name} of this page`,
            itemSelectionLabel: (_, item) => `Choose ${(selection?.nameOf ?? trackBy)(item)}`,
          }}
          // Below the rows on phones, where it would push them down once it is known. An element without content would still
          // take up a line.
          {...(isNarrow ? { footer: turner } : { pagination: turner })}
        />
      </div>
    </SpaceBetween>
  );
};

import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { PAGE_SIZES } from '../lib/page-sizes.ts';
import { countText } from '../lib/amounts.ts';
import type { Column } from './column.ts';
import { EmptyState } from './empty-state.tsx';
import { PagedTable } from './paged-table.tsx';
import { RowMenu } from './row-menu.tsx';
import { SearchField } from './search-field.tsx';
import { useAddress } from './use-address.ts';
import type { Choice, ListView } from './use-list-view.ts';

interface ListTableProps<Item> {
  /** One of the items, and several. */
  readonly nouns: readonly [string, string];
  readonly query: UseQueryResult<{ items: Item[]; cursor: string | null }>;
  /** Of all pages, once it is known. */
  readonly total: number | undefined;
  readonly view: ListView;
  /** The first choice is a row of buttons, the other a menu. */
  readonly choices: readonly [Choice, Choice];
  readonly columns: readonly Column<Item>[];
  readonly keyOf: (item: Item) => string;
  readonly nameOf: (item: Item) => string;
  readonly renderActions: (item: Item) => ReactNode;
  readonly empty: ReactNode;
}

const PageSize = ({ size }: { readonly size: number }) => {
  const { show } = useAddress();
  const options = PAGE_SIZES.map((count) => ({ value: String(count), label: `${count} per page` }));
  return (
    <Select
      ariaLabel="Page size"
      selectedOption={options.find(({ value }) => value === String(size)) ?? null}
      options={options}
      onChange={({ detail }) => show({ size: detail.selectedOption.value })}
    />
  );
};

const actionsColumn = <Item,>(
  nameOf: (item: Item) => string,
  renderActions: (item: Item) => ReactNode,
): Column<Item> => ({
  id: 'actions',
  header: 'Actions',
  isExtra: true,
  cell: (item) => <RowMenu of={nameOf(item)} renderActions={() => renderActions(item)} />,
});

/** A list of the person's objects: choices, search and count above, what can be done with each in its row. */
export const ListTable = <Item,>({
  nouns: [noun, name],
  query,
  total,
  view: { search, sorting, size, pages },
  choices: [buttons, menu],
  columns,
  keyOf,
  nameOf,
  renderActions,
  empty,
}: ListTableProps<Item>) => {
  const { show } = useAddress();
  return (
    <PagedTable
      name={name}
      query={query}
      pages={pages}
      columns={[...columns, actionsColumn(nameOf, renderActions)]}
      sorting={sorting}
      trackBy={keyOf}
      filter={
        <div className="atmo-list-filter">
          <SegmentedControl
            label={buttons.label}
            selectedId={buttons.chosen.value}
            options={buttons.options.map(({ value, label }) => ({ id: value, text: label }))}
            onChange={({ detail }) => show({ [buttons.parameter]: detail.selectedId })}
          />
          <Select
            ariaLabel={menu.label}
            selectedOption={menu.chosen}
            options={menu.options}
            onChange={({ detail }) => show({ [menu.parameter]: detail.selectedOption.value })}
          />
          <SearchField name={name} search={search} total={total} />
          <PageSize size={size} />
          {/* With a query the field tells the matches. */}
          <output className="atmo-aside-text">
            {total !== undefined && search.query === undefined && countText(total, noun, name)}
          </output>
        </div>
      }
      empty={search.query === undefined ? empty : <EmptyState title={`No ${name} match “${search.query}”`} />}
    />
  );
};

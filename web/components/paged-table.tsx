import Pagination from '@cloudscape-design/components/pagination';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { useNarrow } from '../lib/use-media.ts';
import { Failure } from './failure.tsx';
import type { Pages } from './use-pages.ts';

export type Column<Item> = TableProps.ColumnDefinition<Item> & {
  readonly id: string;
  /** Left out on phones. */
  readonly isExtra?: boolean;
};

/** Pixels of the longest state, which would otherwise break within a word on a phone. */
export const STATE_WIDTH = 148;

interface PagedTableProps<Item> {
  /** What the table lists, in the plural. */
  readonly name: string;
  readonly query: UseQueryResult<{ items: Item[]; cursor: string | null }>;
  readonly pages?: Pages;
  readonly columns: readonly Column<Item>[];
  readonly trackBy: (item: Item) => string;
  readonly header?: ReactNode;
  readonly filter?: ReactNode;
  readonly empty: ReactNode;
  readonly variant?: TableProps.Variant;
}

/** One page of a list from the API: while it loads, when it is empty, when it cannot be read. */
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
}: PagedTableProps<Item>) => {
  const isNarrow = useNarrow();
  const { data, error, isPending, refetch } = query;
  const next = data?.cursor ?? null;
  const pageCount = pages === undefined ? 1 : Math.max(pages.known, next === null ? 1 : pages.number + 1);
  return (
    <Table
      variant={variant}
      wrapLines
      items={data?.items ?? []}
      columnDefinitions={columns.filter(({ isExtra }) => !isNarrow || isExtra !== true)}
      trackBy={trackBy}
      loading={isPending}
      loadingText={`Loading ${name} …`}
      header={header}
      filter={filter}
      empty={error === null ? empty : <Failure error={error} retry={() => void refetch()} />}
      ariaLabels={{ tableLabel: name }}
      pagination={
        pages !== undefined &&
        pageCount > 1 && (
          <Pagination
            currentPageIndex={pages.number}
            pagesCount={pageCount}
            ariaLabels={{ paginationLabel: `Pages of ${name}` }}
            onChange={({ detail }) => pages.turnTo(detail.currentPageIndex, next)}
          />
        )
      }
    />
  );
};

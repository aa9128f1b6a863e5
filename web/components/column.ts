import type { TableProps } from '@cloudscape-design/components/table';

export type Column<Item, Field extends string = string> = TableProps.ColumnDefinition<Item> & {
  readonly id: string;
  /** The field of the API's `sort`, where the table has a sorting. */
  readonly sortingField?: Field;
  /** Left out on phones, where another cell or the page of the row's object tells it. */
  readonly isExtra?: boolean;
  /** On phones behind a button of the row, since nothing else there tells it. */
  readonly isMore?: boolean;
};

/** Minimum width in pixels of a column of names, which would otherwise shrink beside wide columns. */
export const NAME_WIDTH = 136;
export const OWNER_WIDTH = 120;

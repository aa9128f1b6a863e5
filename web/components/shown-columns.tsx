import { useId, useState, type ReactNode } from 'react';

import { useNarrow } from '../lib/use-media.ts';
import type { Column } from './column.ts';
import { focusableWhenScrolling } from './focusable-when-scrolling.ts';
import { placePopover } from './place-popover.ts';

interface WithMoreProps<Item> {
  readonly item: Item;
  readonly columns: readonly Column<Item>[];
  /** The cell that names the row. */
  readonly children: ReactNode;
}

/** The cell that names a row, with a button for what has no column on phones. */
const WithMore = <Item,>({ item, columns, children }: WithMoreProps<Item>) => {
  const id = useId();
  const [wasOpened, setWasOpened] = useState(false);
  const buttonId = `${id}-button`;
  const nameId = `${id}-name`;
  return (
    <>
      <div id={nameId}>{children}</div>
      <button
        type="button"
        id={buttonId}
        popoverTarget={id}
        className="atmo-more-button"
        aria-labelledby={`${buttonId} ${nameId}`}
      >
        More<span className="atmo-unseen"> about</span>
      </button>
      <section
        id={id}
        popover="auto"
        ref={focusableWhenScrolling}
        aria-labelledby={`${buttonId} ${nameId}`}
        className="atmo-row-menu atmo-more-facts"
        onBeforeToggle={({ newState, currentTarget }) => {
          if (newState !== 'open') return;
          setWasOpened(true);
          placePopover(currentTarget, document.getElementById(buttonId), Infinity);
        }}
      >
        {wasOpened && (
          <dl>
            {columns.map((column) => (
              <div key={column.id}>
                <dt>{column.header}</dt>
                <dd>{column.cell(item)}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
    </>
  );
};

const withMore = <Item,>(column: Column<Item>, columns: readonly Column<Item>[]): Column<Item> => ({
  ...column,
  cell: (item) => (
    <WithMore item={item} columns={columns}>
      {column.cell(item)}
    </WithMore>
  ),
});

/** The columns of a table; on phones those that have room there, and behind a button of each row what nothing else tells. */
export const useShownColumns = <Item,>(columns: readonly Column<Item>[]): readonly Column<Item>[] => {
  const isNarrow = useNarrow();
  if (!isNarrow) return columns;
  const behind = columns.filter(({ isMore }) => isMore === true);
  return columns
    .filter(({ isExtra, isMore }) => isExtra !== true && isMore !== true)
    .map((column) => (behind.length > 0 && column.isRowHeader === true ? withMore(column, behind) : column));
};

import type { Column } from './column.ts';
import { useShownColumns } from './shown-columns.tsx';

interface PlainTableProps<Item> {
  readonly name: string;
  readonly items: readonly Item[];
  readonly columns: readonly Column<Item>[];
  readonly keyOf: (item: Item) => string;
}

/** The columns of a list without sorting, paging and choosing, which would double the weight of the first page. */
export const PlainTable = <Item,>({ name, items, columns, keyOf }: PlainTableProps<Item>) => {
  const shown = useShownColumns(columns);
  return (
    <div className="atmo-table-frame">
      <table aria-label={name} className="atmo-plain-table">
        <thead>
          <tr>
            {shown.map(({ id, header }) => (
              <th key={id} scope="col">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)}>
              {shown.map((column) =>
                column.isRowHeader === true ? (
                  <th key={column.id} scope="row">
                    {column.cell(item)}
                  </th>
                ) : (
                  <td key={column.id}>{column.cell(item)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

import type { Sort } from '../../shared/domain/search.ts';
import { useAddress } from './use-address.ts';

export interface Sorting {
  /** A field, with `-` before it for descending order. */
  readonly sort: string;
  readonly onChange: (sort: string) => void;
}

interface Sortable<Field extends string> {
  readonly sortingField?: Field | undefined;
}

/** The order of a list in the page's address: what to request (undefined: the list's own order) and what the table shows. */
export const useSort = <Field extends string>(columns: readonly Sortable<Field>[], byDefault: Sort<Field>) => {
  const { parameters, show } = useAddress();
  const given = parameters.get('sort');
  const sorts = columns.flatMap(({ sortingField: field }): Sort<Field>[] =>
    field === undefined ? [] : [field, `-${field}`],
  );
  const sort = sorts.find((known) => known === given);
  const sorting: Sorting = {
    sort: sort ?? byDefault,
    onChange: (chosen) => show({ sort: chosen }),
  };
  return { sort, sorting };
};

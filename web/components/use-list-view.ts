import type { Sort } from '../../shared/domain/search.ts';
import { PAGE_SIZES } from '../lib/page-sizes.ts';
import { useSearch } from './search-field.tsx';
import { useAddress } from './use-address.ts';
import { useAddressPages } from './use-address-pages.ts';
import { useSort } from './use-sort.ts';

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** One of several, in the address. */
export interface Choice<Value extends string = string> {
  /** Of the address. */
  readonly parameter: string;
  readonly label: string;
  readonly options: readonly Option<Value>[];
  /** The first, unless the address has another one. */
  readonly chosen: Option<Value>;
}

/** A choice as the address has it. */
export const useChoice = <Value extends string>(
  parameter: string,
  label: string,
  options: readonly [Option<Value>, ...Option<Value>[]],
): Choice<Value> => {
  const { parameters } = useAddress();
  const chosen = options.find(({ value }) => value === parameters.get(parameter)) ?? options[0];
  return { parameter, label, options, chosen };
};

interface Sortable<Field extends string> {
  readonly sortingField?: Field | undefined;
}

/** Search, order, page and its size of a list, from the address; with what they make of a request. */
export const useListView = <Field extends string>(
  columns: readonly Sortable<Field>[],
  byDefault: Sort<Field>,
  choices: readonly Choice[],
) => {
  const { parameters } = useAddress();
  const search = useSearch();
  const { sort, sorting } = useSort(columns, byDefault);
  const size = PAGE_SIZES.find((known) => String(known) === parameters.get('size')) ?? PAGE_SIZES[0];
  const chosen = choices.map((choice) => choice.chosen.value);
  const pages = useAddressPages(JSON.stringify([chosen, search.query, sort, size]));
  const request = { query: search.query, sort, limit: size, cursor: pages.cursor };
  return { search, sorting, size, pages, request };
};

export type ListView = ReturnType<typeof useListView>;

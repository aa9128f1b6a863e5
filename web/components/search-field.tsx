import TextFilter from '@cloudscape-design/components/text-filter';
import { useEffect, useEffectEvent, useState } from 'react';

import { useSettled } from '../lib/use-settled.ts';
import { useAddress } from './use-address.ts';

/** Characters that the API takes. */
const MAX_QUERY = 200;

/** Milliseconds between two letters. */
const TYPING = 100;

/** What is typed into a search field, and what of it is asked for: that is in the page's address. */
export const useSearch = () => {
  const { parameters, show } = useAddress();
  const [text, setText] = useState(parameters.get('query') ?? '');
  const settled = useSettled(text.slice(0, MAX_QUERY).trim(), TYPING);
  const inAddress = parameters.get('query') ?? '';
  const note = useEffectEvent((query: string): void => {
    if (query !== inAddress) show({ query });
  });
  useEffect(() => note(settled), [settled]);
  return { text, setText, query: settled === '' ? undefined : settled };
};

interface SearchFieldProps {
  /** Names the items, in the plural. */
  readonly name: string;
  readonly search: ReturnType<typeof useSearch>;
  /** Number of matches, where the API has counted them. */
  readonly total: number | undefined;
}

export const SearchField = ({ name, search: { text, setText, query }, total }: SearchFieldProps) => (
  <TextFilter
    filteringText={text}
    filteringPlaceholder={`Find ${name}`}
    filteringAriaLabel={`Find ${name}`}
    filteringClearAriaLabel="Clear"
    {...(query !== undefined && total !== undefined && { countText: total === 1 ? '1 match' : `${total} matches` })}
    onChange={({ detail }) => setText(detail.filteringText)}
  />
);

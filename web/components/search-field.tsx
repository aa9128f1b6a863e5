import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';

import { useSettled } from '../lib/use-settled.ts';

/** Characters that the API takes. */
const MAX_QUERY = 200;

/** What is typed into a search field, and what of it is asked for. */
export const useSearch = () => {
  const [text, setText] = useState('');
  const settled = useSettled(text.slice(0, MAX_QUERY).trim());
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

import TextFilter from '@cloudscape-design/components/text-filter';
import { useEffect, useEffectEvent, useState } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

import { useSettled } from '../lib/use-settled.ts';
import { useAddress } from './use-address.ts';

/** Characters that the API takes. */
const MAX_QUERY = 200;

/** Milliseconds in which the next letter may still come: a search waits for it. */
const TYPING = 50;

/** What a list is searched for, from the page's address, and how that is changed. */
export const useSearch = () => {
  const { parameters, show } = useAddress();
  const query = (parameters.get('query') ?? '').slice(0, MAX_QUERY).trim();
  const { key } = useLocation();
  const isPopped = useNavigationType() === NavigationType.Pop;
  const [seen, setSeen] = useState({ key, visit: 0 });
  if (key !== seen.key) setSeen({ key, visit: seen.visit + Number(isPopped) });
  return {
    query: query === '' ? undefined : query,
    ask: (asked: string): void => {
      if (asked !== query) show({ query: asked });
    },
    /** Another one after Back or Forward, where the field begins with what the address has. */
    visit: seen.visit,
  };
};

interface SearchFieldProps {
  /** Names the items, in the plural. */
  readonly name: string;
  readonly search: ReturnType<typeof useSearch>;
  /** Number of matches, where the API has counted them. */
  readonly total: number | undefined;
}

/** Keeps what is typed to itself until it is asked for, so that a letter draws no list again. */
const TypedSearch = ({ name, search: { query, ask }, total }: SearchFieldProps) => {
  const [text, setText] = useState(query ?? '');
  const settled = useSettled(text.slice(0, MAX_QUERY).trim(), TYPING);
  const askNow = useEffectEvent(ask);
  useEffect(() => askNow(settled), [settled]);
  return (
    <TextFilter
      filteringText={text}
      filteringPlaceholder={`Find ${name}`}
      filteringAriaLabel={`Find ${name}`}
      filteringClearAriaLabel="Clear"
      {...(query !== undefined && total !== undefined && { countText: total === 1 ? '1 match' : `${total} matches` })}
      onChange={({ detail }) => setText(detail.filteringText)}
    />
  );
};

export const SearchField = (props: SearchFieldProps) => <TypedSearch key={props.search.visit} {...props} />;

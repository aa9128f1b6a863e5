import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useSearchParams } from 'react-router';

import { useSettled } from '../../lib/use-settled.ts';

/** Status and text of a list, kept in the page's address. */
export const useListFilter = <Status extends string>(statuses: readonly Status[], initial: Status) => {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.get('query') ?? '';
  const status = statuses.find((known) => known === parameters.get('status')) ?? initial;
  const show = (change: Record<string, string>): void =>
    setParameters({ ...Object.fromEntries(parameters), ...change }, { replace: true });
  const query = useSettled(text);
  return { text, status, query, show };
};

/** `supportEnding` as `support ending`. */
const labelOf = (status: string): string => status.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

interface ListFiltersProps {
  readonly name: string;
  readonly placeholder: string;
  readonly text: string;
  readonly status?: string;
  readonly statuses?: readonly string[];
  readonly show: (change: Record<string, string>) => void;
}

export const ListFilters = ({ name, placeholder, text, status = '', statuses, show }: ListFiltersProps) => (
  <SpaceBetween direction="horizontal" size="s" alignItems="center">
    <TextFilter
      filteringText={text}
      filteringPlaceholder={placeholder}
      filteringAriaLabel={`Find ${name}`}
      onChange={({ detail }) => show({ query: detail.filteringText.slice(0, 200) })}
    />
    {statuses !== undefined && (
      <Select
        ariaLabel="Status"
        selectedOption={{ value: status, label: labelOf(status) }}
        options={statuses.map((value) => ({ value, label: labelOf(value) }))}
        onChange={({ detail }) => show({ status: detail.selectedOption.value ?? '' })}
      />
    )}
  </SpaceBetween>
);

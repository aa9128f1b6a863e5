import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import TextFilter from '@cloudscape-design/components/text-filter';

import { useAddress } from '../../components/use-address.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSettled } from '../../lib/use-settled.ts';

const MAX_QUERY = 200;
const MAX_OWNER = 254;

interface Filter<Status extends string> {
  readonly query: string;
  readonly owner: string;
  readonly emrRelease: string;
  readonly status: Status;
}

type Show = (change: Partial<Filter<string>>) => void;

/** The filter of a list in the page's address, so that it can be sent to a colleague, and the request that its texts stand for. */
export const useListFilter = <Status extends string>(statuses: readonly Status[], initial: Status) => {
  const { parameters, show } = useAddress();
  const filter: Filter<Status> = {
    query: (parameters.get('query') ?? '').slice(0, MAX_QUERY),
    owner: (parameters.get('owner') ?? '').slice(0, MAX_OWNER),
    emrRelease: parameters.get('emrRelease') ?? '',
    status: statuses.find((known) => known === parameters.get('status')) ?? initial,
  };
  const { query, owner, emrRelease } = useSettled(filter);
  const request = {
    ...(query.trim() === '' ? {} : { query }),
    ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
    ...(emrRelease === '' ? {} : { emrRelease }),
  };
  return { filter, request, show };
};

const ANY_RELEASE = { value: '', label: 'Any release' };

/** The releases that admins keep, and the one of the address, which may be deleted. */
const ReleaseFilter = ({ value, show }: { readonly value: string; readonly show: Show }) => {
  const { data } = useRead('listAllEmrReleases', {});
  const versions = new Set([...(data?.items.map(({ version }) => version) ?? []), ...(value === '' ? [] : [value])]);
  const options = [ANY_RELEASE, ...[...versions].map((version) => ({ value: version, label: version }))];
  return (
    <Select
      ariaLabel="EMR release"
      selectedOption={options.find((option) => option.value === value) ?? ANY_RELEASE}
      options={options}
      onChange={({ detail }) => show({ emrRelease: detail.selectedOption.value ?? '' })}
    />
  );
};

/** `supportEnding` as `Support ending`. */
const statusOption = (value: string) => {
  const words = value.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return { value, label: `${words.charAt(0).toUpperCase()}${words.slice(1)}` };
};

interface ListFiltersProps {
  readonly name: string;
  readonly placeholder: string;
  readonly filter: Filter<string>;
  readonly statuses?: readonly string[];
  readonly withRelease?: boolean;
  readonly show: Show;
}

export const ListFilters = ({
  name,
  placeholder,
  filter: { query, owner, emrRelease, status },
  statuses,
  withRelease = false,
  show,
}: ListFiltersProps) => (
  <div className="atmo-list-filters">
    <TextFilter
      filteringText={query}
      filteringPlaceholder={placeholder}
      filteringAriaLabel={`Find ${name}`}
      filteringClearAriaLabel="Clear"
      onChange={({ detail }) => show({ query: detail.filteringText.slice(0, MAX_QUERY) })}
    />
    <Input
      ariaLabel="Owner"
      placeholder="Owner’s username"
      value={owner}
      onChange={({ detail }) => show({ owner: detail.value.slice(0, MAX_OWNER) })}
    />
    {withRelease && <ReleaseFilter value={emrRelease} show={show} />}
    {statuses !== undefined && (
      <Select
        ariaLabel="Status"
        selectedOption={statusOption(status)}
        options={statuses.map(statusOption)}
        onChange={({ detail }) => show({ status: detail.selectedOption.value ?? '' })}
      />
    )}
  </div>
);

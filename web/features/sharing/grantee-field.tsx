import Autosuggest, { type AutosuggestProps } from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';

import { useRead } from '../../lib/use-route.ts';
import { useSettled } from '../../lib/use-settled.ts';

const GROUP = 'group:';

/** `user:…` or `group:…`, as the API takes it, of what is in the field. */
export const granteeOf = (value: string): string => (value.startsWith(GROUP) ? value : `user:${value.trim()}`);

interface GranteeFieldProps {
  /** A username, an address, or `group:` and the name of a group. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

/** A colleague or a group, with those that are known to choose from. */
export const GranteeField = ({ value, onChange, error }: GranteeFieldProps) => {
  const query = useSettled(value).slice(0, 254);
  const found = useRead('findPeople', { query }, { keepPrevious: true });
  const wanted = query.replace(GROUP, '').trim().toLowerCase();
  const people = (found.data?.items ?? []).map(({ email, username }) => ({
    value: email,
    label: username,
    description: email,
  }));
  const groups = (found.data?.groups ?? [])
    .filter((name) => name.toLowerCase().includes(wanted))
    .map((name) => ({ value: `${GROUP}${name}`, label: name, description: 'Everybody in this group' }));
  const options: AutosuggestProps.Options = [
    ...(people.length > 0 ? [{ label: 'People', options: people }] : []),
    ...(groups.length > 0 ? [{ label: 'Groups', options: groups }] : []),
  ];
  return (
    <FormField label="Share with" errorText={error} stretch>
      <Autosuggest
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
        options={options}
        filteringType="none"
        statusType={found.isPending ? 'loading' : found.isError ? 'error' : 'finished'}
        loadingText="Looking for people and groups"
        errorText="People and groups could not be looked up. Type the username or address."
        empty="Nobody who has signed in is called so."
        enteredTextLabel={(text) => `Use: ${text}`}
        placeholder="Username, address or group"
      />
    </FormField>
  );
};

import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';

import { useRead } from '../../lib/use-route.ts';
import { useSettled } from '../../lib/use-settled.ts';

interface PersonFieldProps {
  readonly label: string;
  readonly description?: string;
  /** A username or an address. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
}

/** A person by username or address, with colleagues who have signed in to choose from. */
export const PersonField = ({ label, description, value, onChange, error }: PersonFieldProps) => {
  const query = useSettled(value).slice(0, 254);
  const found = useRead('findPeople', { query }, { keepPrevious: true });
  return (
    <FormField label={label} description={description} errorText={error} stretch>
      <Autosuggest
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
        options={(found.data?.items ?? []).map(({ email, username }) => ({
          value: email,
          label: username,
          description: email,
        }))}
        filteringType="none"
        statusType={found.isPending ? 'loading' : found.isError ? 'error' : 'finished'}
        loadingText="Looking for people"
        errorText="People could not be looked up. Type the username or address."
        empty="Nobody who has signed in is called so."
        enteredTextLabel={(text) => `Use: ${text}`}
        placeholder="Username or address"
      />
    </FormField>
  );
};

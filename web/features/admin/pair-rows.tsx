import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';

/** A name and a value, as typed. */
export interface Pair {
  readonly name: string;
  readonly value: string;
}

interface PairRowsProps {
  readonly label: string;
  readonly description: string;
  readonly names: { readonly name: string; readonly value: string };
  readonly rows: readonly Pair[];
  readonly onChange: (rows: readonly Pair[]) => void;
  readonly error: string | undefined;
}

/** Rows of names and values, such as tags and links. */
export const PairRows = ({ label, description, names, rows, onChange, error }: PairRowsProps) => {
  const replace = (index: number, changes: Partial<Pair>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...changes } : row)));
  return (
    <FormField label={label} description={description} errorText={error} stretch>
      <SpaceBetween size="xs">
        {rows.map((row, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no other identity, and only the last is added
          <div key={index} className="atmo-pair">
            <Input
              ariaLabel={`${names.name} ${index + 1}`}
              placeholder={names.name}
              value={row.name}
              onChange={({ detail }) => replace(index, { name: detail.value })}
            />
            <Input
              ariaLabel={`${names.value} ${index + 1}`}
              placeholder={names.value}
              value={row.value}
              onChange={({ detail }) => replace(index, { value: detail.value })}
            />
            <Button
              iconName="remove"
              formAction="none"
              variant="icon"
              ariaLabel={`Remove ${names.name.toLowerCase()} ${index + 1}`}
              onClick={() => onChange(rows.filter((_, at) => at !== index))}
            />
          </div>
        ))}
        <Button iconName="add-plus" formAction="none" onClick={() => onChange([...rows, { name: '', value: '' }])}>
          Add
        </Button>
      </SpaceBetween>
    </FormField>
  );
};

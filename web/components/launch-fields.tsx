import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';

import { IDENTIFIER_RULE } from '../../shared/domain/identifier.ts';
import { NumberField } from './number-field.tsx';

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

/** The name of a cluster or session. */
export const NameField = ({ label, value, onChange, error }: FieldProps & { readonly label: string }) => (
  <FormField label={label} constraintText={IDENTIFIER_RULE} errorText={error}>
    <Input value={value} disableBrowserAutocorrect onChange={({ detail }) => onChange(detail.value)} />
  </FormField>
);

interface SizeFieldProps extends FieldProps {
  /** What a size means in machines. */
  readonly description: string;
  /** Null: no limit. */
  readonly maximum: number | null;
}

export const SizeField = ({ maximum, ...field }: SizeFieldProps) => (
  <NumberField label="Size" constraintText={maximum === null ? 'At least 1.' : `1 to ${maximum}.`} {...field} />
);

interface LifetimeFieldProps extends FieldProps {
  readonly description: string;
  readonly limits: { readonly minLifetime: number; readonly maxLifetime: number };
}

export const LifetimeField = ({ limits: { minLifetime, maxLifetime }, ...field }: LifetimeFieldProps) => (
  <NumberField label="Lifetime" constraintText={`${minLifetime} to ${maxLifetime} hours.`} {...field} />
);

import FormField, { type FormFieldProps } from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';

interface NumberFieldProps extends Pick<FormFieldProps, 'label' | 'description' | 'constraintText' | 'stretch'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

/** A whole number, kept as typed, so that an empty field and an unfinished number differ. */
export const NumberField = ({ value, onChange, error, ...texts }: NumberFieldProps) => (
  <FormField {...texts} errorText={error}>
    <Input type="number" inputMode="numeric" value={value} onChange={({ detail }) => onChange(detail.value)} />
  </FormField>
);

import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import StatusIndicator from '@cloudscape-design/components/status-indicator';

import { IDENTIFIER_PATTERN, IDENTIFIER_RULE } from '../../../shared/domain/identifier.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSettled } from '../../lib/use-settled.ts';

interface IdentifierFieldProps {
  readonly value: string;
  readonly onChange: (identifier: string) => void;
  readonly error: string | undefined;
}

/** A new job's identifier. Its availability is checked while it is typed. */
export const IdentifierField = ({ value, onChange, error }: IdentifierFieldProps) => {
  const settled = useSettled(value);
  const { data } = useRead(
    'checkSparkJobIdentifier',
    { identifier: settled },
    { enabled: IDENTIFIER_PATTERN.test(settled), staleTime: 10_000 },
  );
  const answer = settled === value ? data : undefined;
  const taken = answer?.available === false ? (answer.reason ?? 'This identifier is taken.') : undefined;
  return (
    <FormField
      label="Identifier"
      description="Part of the results' path. Cannot be changed later."
      constraintText={
        <>
          {IDENTIFIER_RULE} {answer?.available === true && <StatusIndicator type="success">Free</StatusIndicator>}
        </>
      }
      errorText={error ?? taken}
    >
      <Input value={value} disableBrowserAutocorrect onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
};

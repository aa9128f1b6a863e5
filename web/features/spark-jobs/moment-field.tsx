import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';

import { localText } from '../../lib/instant-text.ts';
import { instantOf, type MomentInput } from './moment-input.ts';

interface MomentFieldProps {
  readonly label: string;
  readonly value: MomentInput;
  readonly onChange: (value: MomentInput) => void;
  readonly error: string | undefined;
}

const inLocalTime = (value: MomentInput): string => {
  const instant = instantOf(value);
  const local = Number.isNaN(Date.parse(instant)) ? null : localText(instant);
  return local === null ? 'In UTC.' : `In UTC; ${local} for you.`;
};

/** A date and a time of day in UTC, with the person's local time below. */
export const MomentField = ({ label, value, onChange, error }: MomentFieldProps) => (
  <FormField label={label} constraintText={inLocalTime(value)} errorText={error}>
    <SpaceBetween direction="horizontal" size="xs">
      <DatePicker
        value={value.date}
        ariaLabel={`${label}, date`}
        placeholder="YYYY-MM-DD"
        format="iso"
        inputFormat="iso"
        openCalendarAriaLabel={() => `${label}: open the calendar`}
        onChange={({ detail }) => onChange({ ...value, date: detail.value })}
      />
      <TimeInput
        value={value.time}
        ariaLabel={`${label}, time of day`}
        placeholder="hh:mm"
        format="hh:mm"
        onChange={({ detail }) => onChange({ ...value, time: detail.value })}
      />
    </SpaceBetween>
  </FormField>
);

import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';

import { cronOf, DAYS, type Day, type DaysAndTime } from './days-and-time.ts';

const NAMES: Readonly<Record<Day, string>> = {
  MON: 'Monday',
  TUE: 'Tuesday',
  WED: 'Wednesday',
  THU: 'Thursday',
  FRI: 'Friday',
  SAT: 'Saturday',
  SUN: 'Sunday',
};

interface DaysAndTimeFieldsProps {
  readonly value: DaysAndTime;
  readonly onChange: (value: DaysAndTime) => void;
  readonly error: string | undefined;
}

/** Builds a cron expression from days of the week and a time of day. */
export const DaysAndTimeFields = ({ value, onChange, error }: DaysAndTimeFieldsProps) => (
  <SpaceBetween size="l">
    <FormField label="Days" errorText={value.days.length === 0 ? 'Choose at least one day.' : undefined} stretch>
      <SpaceBetween direction="horizontal" size="m">
        {DAYS.map((day) => (
          <Checkbox
            key={day}
            checked={value.days.includes(day)}
            onChange={({ detail }) =>
              onChange({
                ...value,
                days: detail.checked ? [...value.days, day] : value.days.filter((other) => other !== day),
              })
            }
          >
            {NAMES[day]}
          </Checkbox>
        ))}
      </SpaceBetween>
    </FormField>
    <FormField
      label="Time of day"
      constraintText={`As a cron expression: ${cronOf(value)}`}
      errorText={value.days.length === 0 ? undefined : error}
    >
      <TimeInput
        value={value.time}
        format="hh:mm"
        placeholder="hh:mm"
        onChange={({ detail }) => onChange({ ...value, time: detail.value })}
      />
    </FormField>
  </SpaceBetween>
);

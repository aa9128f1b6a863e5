import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';

import { cronOf } from './days-and-time.ts';
import { DaysAndTimeFields } from './days-and-time-fields.tsx';
import { timeZones, type ScheduleInput } from './schedule-input.ts';

const KINDS: readonly {
  readonly value: ScheduleInput['kind'];
  readonly label: string;
  readonly description: string;
}[] = [
  { value: '24', label: 'Daily', description: 'Every 24 hours from the start' },
  { value: '168', label: 'Weekly', description: 'Every 168 hours from the start' },
  { value: '720', label: 'Monthly', description: 'Every 720 hours from the start' },
  { value: 'days', label: 'On days of the week', description: 'At a time of day in a time zone' },
  { value: 'cron', label: 'Cron expression', description: 'Anything else that EventBridge Scheduler can do' },
];

const ZONES = timeZones().map((value) => ({ value }));

interface ScheduleFieldsProps {
  readonly value: ScheduleInput;
  readonly onChange: (value: ScheduleInput) => void;
  readonly errorOf: (field: string) => string | undefined;
}

/** A job's interval, its days and time, or its cron expression. */
export const ScheduleFields = ({ value, onChange, errorOf }: ScheduleFieldsProps) => (
  <SpaceBetween size="l">
    <FormField label="Frequency">
      <RadioGroup
        value={value.kind}
        items={KINDS}
        onChange={({ detail }) =>
          onChange({ ...value, kind: KINDS.find((kind) => kind.value === detail.value)?.value ?? value.kind })
        }
      />
    </FormField>
    {value.kind === 'days' && (
      <DaysAndTimeFields
        value={value.daysAndTime}
        onChange={(daysAndTime) => onChange({ ...value, daysAndTime, expression: cronOf(daysAndTime) })}
        error={errorOf('schedule.expression')}
      />
    )}
    {value.kind === 'cron' && (
      <FormField
        label="Cron expression"
        description="EventBridge Scheduler's six fields: minutes, hours, day of month, month, day of week, year."
        constraintText="For example 0 6 ? * MON-FRI * for 06:00 on weekdays. One of the two day fields must be ?."
        errorText={errorOf('schedule.expression')}
      >
        <Input
          value={value.expression}
          disableBrowserAutocorrect
          onChange={({ detail }) => onChange({ ...value, expression: detail.value })}
        />
      </FormField>
    )}
    {(value.kind === 'days' || value.kind === 'cron') && (
      <FormField label="Time zone" errorText={errorOf('schedule.timeZone')}>
        <Select
          selectedOption={{ value: value.timeZone }}
          options={ZONES}
          filteringType="auto"
          filteringPlaceholder="Find a city"
          filteringAriaLabel="Find a time zone"
          empty="No matching time zone"
          onChange={({ detail }) => onChange({ ...value, timeZone: detail.selectedOption.value ?? value.timeZone })}
        />
      </FormField>
    )}
  </SpaceBetween>
);

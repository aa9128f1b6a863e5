import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';

import { utcText } from '../../lib/instant-text.ts';
import type { Form } from '../../lib/use-form.ts';
import { MomentField } from './moment-field.tsx';
import type { SparkJobInput } from './spark-job-input.ts';

interface StartAndEndProps {
  readonly form: Form<SparkJobInput>;
  readonly presentStart: string | null;
}

/** The start and the end of the schedule. */
export const StartAndEnd = ({ form: { values, change, errorOf }, presentStart }: StartAndEndProps) => (
  <SpaceBetween size="l">
    <FormField
      label="Start"
      description={
        presentStart === null ? undefined : 'Moving the start resets the schedule. It can only be moved to the future.'
      }
      errorText={values.hasStart ? undefined : errorOf('startDate')}
    >
      <RadioGroup
        value={values.hasStart ? 'at' : 'now'}
        items={[
          { value: 'now', label: presentStart === null ? 'Now' : `Unchanged: ${utcText(presentStart)}` },
          { value: 'at', label: presentStart === null ? 'At a time' : 'Move it' },
        ]}
        onChange={({ detail }) => change({ hasStart: detail.value === 'at' })}
      />
    </FormField>
    {values.hasStart && (
      <MomentField
        label="Start at"
        value={values.start}
        onChange={(start) => change({ start })}
        error={errorOf('startDate')}
      />
    )}
    <FormField label="End" errorText={values.hasEnd ? undefined : errorOf('endDate')}>
      <RadioGroup
        value={values.hasEnd ? 'at' : 'never'}
        items={[
          { value: 'never', label: 'Never' },
          { value: 'at', label: 'At a time' },
        ]}
        onChange={({ detail }) => change({ hasEnd: detail.value === 'at' })}
      />
    </FormField>
    {values.hasEnd && (
      <MomentField label="End at" value={values.end} onChange={(end) => change({ end })} error={errorOf('endDate')} />
    )}
  </SpaceBetween>
);

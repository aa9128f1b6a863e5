import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';

import { serverNow } from '../../lib/server-clock.ts';

/** Months that can be chosen. */
const MONTHS = 13;

/** The present month in UTC and those before it, newest first, as `2026-11`. */
const recentMonths = (): string[] => {
  const [year = 0, month = 0] = new Date(serverNow()).toISOString().split('-').map(Number);
  return Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back)).toISOString().slice(0, 7),
  );
};

/** A month in words: `November 2026`. */
export const monthName = (month: string): string =>
  new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

interface MonthFieldProps {
  /** Undefined: the present one. */
  readonly month: string | undefined;
  readonly onChange: (month: string) => void;
}

export const MonthField = ({ month, onChange }: MonthFieldProps) => {
  const options = recentMonths().map((value) => ({ value, label: monthName(value) }));
  return (
    <FormField label="Month (UTC)">
      <Select
        selectedOption={options.find(({ value }) => value === month) ?? options[0] ?? null}
        options={options}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
};

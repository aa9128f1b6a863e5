import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';

import { serverNow } from '../../lib/server-clock.ts';

const presentMonth = (): string => new Date(serverNow()).toISOString().slice(0, 7);

const monthBeside = (month: string, months: number): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months)).toISOString().slice(0, 7);
};

/** A month in words: `November 2026`. */
export const monthName = (month: string): string =>
  new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

interface MonthFieldProps {
  /** As `2026-11`; undefined: the present one. */
  readonly month: string | undefined;
  readonly onChange: (month: string) => void;
}

/** The month that is shown, in UTC, with the way to those beside it. */
export const MonthField = ({ month = presentMonth(), onChange }: MonthFieldProps) => (
  <SpaceBetween direction="horizontal" size="xs" alignItems="center">
    <Button
      iconName="angle-left"
      variant="icon"
      ariaLabel="Month before"
      onClick={() => onChange(monthBeside(month, -1))}
    />
    <span className="atmo-whole" aria-live="polite">
      {monthName(month)}
    </span>
    <Button
      iconName="angle-right"
      variant="icon"
      ariaLabel="Month after"
      disabled={month >= presentMonth()}
      onClick={() => onChange(monthBeside(month, 1))}
    />
  </SpaceBetween>
);

/** The month in the address of a page, where it is one. */
export const monthIn = (parameters: URLSearchParams): string | undefined => {
  const month = parameters.get('month') ?? '';
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined;
};

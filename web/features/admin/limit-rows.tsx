import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';

import { CURRENCY } from '../../../shared/domain/cost.ts';
import { moneyText } from '../../lib/amounts.ts';
import type { LimitRow } from './limit-input.ts';

interface LimitRowsProps {
  readonly label: string;
  /** What a row is about, as in "Name of the group". */
  readonly noun: string;
  readonly rows: readonly LimitRow[];
  readonly used: Readonly<Record<string, number>>;
  readonly error: string | undefined;
  readonly onChange: (rows: readonly LimitRow[]) => void;
}

/** Names with a limit each, and what is used of it. */
export const LimitRows = ({ label, noun, rows, used, error, onChange }: LimitRowsProps) => {
  const change = (index: number, changes: Partial<LimitRow>): void =>
    onChange(rows.map((row, position) => (position === index ? Object.assign({}, row, changes) : row)));
  return (
    <FormField label={label} errorText={error} stretch>
      <SpaceBetween size="xs">
        {rows.map(({ name, limit }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a row has no other identity while its name is typed
          <div key={index} className="atmo-limit-row">
            <Input
              ariaLabel={`Name of the ${noun}`}
              placeholder={noun}
              value={name}
              onChange={({ detail }) => change(index, { name: detail.value })}
            />
            <Input
              ariaLabel={`Dollars a month for ${name || `the ${noun}`}`}
              placeholder="No limit"
              type="number"
              inputMode="decimal"
              value={limit}
              onChange={({ detail }) => change(index, { limit: detail.value })}
            />
            <span>{used[name] === undefined ? '' : `${moneyText(used[name], CURRENCY)} used`}</span>
            <Button
              formAction="none"
              iconName="close"
              variant="icon"
              ariaLabel={`Remove ${name || `the ${noun}`}`}
              onClick={() => onChange(rows.filter((_, position) => position !== index))}
            />
          </div>
        ))}
        <Button formAction="none" onClick={() => onChange([...rows, { name: '', limit: '' }])}>
          {`Add a ${noun}`}
        </Button>
      </SpaceBetween>
    </FormField>
  );
};

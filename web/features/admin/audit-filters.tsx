import DateInput from '@cloudscape-design/components/date-input';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useSearchParams } from 'react-router';

import { AUDIT_ACTIONS, type AuditAction } from '../../../shared/domain/audit.ts';
import { useSettled } from '../../lib/use-settled.ts';

interface Filter {
  readonly actor: string;
  readonly action: AuditAction | null;
  readonly object: string;
  /** Days, `YYYY-MM-DD`, as far as they are typed; empty: open. */
  readonly from: string;
  readonly to: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Empty for a day that is typed only in part. */
const momentOf = (day: string, time: string): string => (DAY.test(day) ? `${day}T${time}Z` : '');

const given = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/** The filter in the page's address, so that it can be sent to a colleague, and the request that it stands for. */
export const useAuditFilter = () => {
  const [parameters, setParameters] = useSearchParams();
  const filter: Filter = {
    actor: parameters.get('actor') ?? '',
    action: AUDIT_ACTIONS.find((known) => known === parameters.get('action')) ?? null,
    object: parameters.get('object') ?? '',
    from: parameters.get('from') ?? '',
    to: parameters.get('to') ?? '',
  };
  const show = (change: Partial<Record<keyof Filter, string>>): void =>
    setParameters(given({ ...Object.fromEntries(parameters), ...change }), { replace: true });
  const { action, ...texts } = useSettled(filter);
  const request = {
    ...given({
      actor: texts.actor.trim(),
      object: texts.object.trim(),
      from: momentOf(texts.from, '00:00:00'),
      to: momentOf(texts.to, '23:59:59'),
    }),
    ...(action === null ? {} : { action }),
  };
  return { filter, show, request };
};

const ANY = { value: '', label: 'Any action' };
const OPTIONS = [ANY, ...AUDIT_ACTIONS.map((value) => ({ value, label: value }))];

const COLUMNS = [
  { colspan: { default: 12, xs: 6, m: 2 } },
  { colspan: { default: 12, xs: 6, m: 3 } },
  { colspan: { default: 12, xs: 12, m: 3 } },
  { colspan: { default: 12, xs: 6, m: 2 } },
  { colspan: { default: 12, xs: 6, m: 2 } },
];

interface AuditFiltersProps {
  readonly filter: Filter;
  readonly show: (change: Partial<Record<keyof Filter, string>>) => void;
}

export const AuditFilters = ({ filter: { actor, action, object, from, to }, show }: AuditFiltersProps) => (
  <Grid gridDefinition={COLUMNS}>
    <FormField label="Who">
      <Input value={actor} placeholder="Username, or atmo" onChange={({ detail }) => show({ actor: detail.value })} />
    </FormField>
    <FormField label="Action">
      <Select
        selectedOption={OPTIONS.find(({ value }) => value === action) ?? ANY}
        options={OPTIONS}
        filteringType="auto"
        onChange={({ detail }) => show({ action: detail.selectedOption.value ?? '' })}
      />
    </FormField>
    <FormField label="Object">
      <Input value={object} placeholder="Identifier or id" onChange={({ detail }) => show({ object: detail.value })} />
    </FormField>
    <FormField label="From">
      <DateInput
        value={from}
        placeholder="YYYY-MM-DD"
        format="iso"
        inputFormat="iso"
        onChange={({ detail }) => show({ from: detail.value })}
      />
    </FormField>
    <FormField label="To">
      <DateInput
        value={to}
        placeholder="YYYY-MM-DD"
        format="iso"
        inputFormat="iso"
        onChange={({ detail }) => show({ to: detail.value })}
      />
    </FormField>
  </Grid>
);

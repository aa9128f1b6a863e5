import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { Quotas } from '../../../shared/domain/quota.ts';
import { FormFrame } from '../../components/form-frame.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useNotify } from '../../components/notices.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { quotasBody } from '../../lib/contract.ts';
import { useForm } from '../../lib/use-form.ts';
import { useRead } from '../../lib/use-route.ts';
import { DocumentHistory } from './document-history.tsx';
import { peopleOf, QUOTA_LABELS, QUOTA_NAMES, quotaOf, rowsOfPeople, type QuotaRow } from './quota-input.ts';
import { useReloadDocument } from './use-document.ts';

type QuotasView = RouteOutput<Routes['getQuotas']>;

const textsOf = (quotas: Quotas): Record<keyof Quotas, string> =>
  Object.fromEntries(QUOTA_NAMES.map((name) => [name, String(quotas[name] ?? '')])) as Record<keyof Quotas, string>;

const option = (quota: keyof Quotas) => ({ value: quota, label: QUOTA_LABELS[quota] });

interface PersonRowsProps {
  readonly rows: readonly QuotaRow[];
  readonly onChange: (rows: readonly QuotaRow[]) => void;
  readonly error: string | undefined;
}

const PersonRows = ({ rows, onChange, error }: PersonRowsProps) => {
  const replace = (index: number, changes: Partial<QuotaRow>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...changes } : row)));
  return (
    <FormField description="By username or address. What is not here is as for everyone." errorText={error} stretch>
      <SpaceBetween size="xs">
        {rows.map((row, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no other identity, and only the last is added
          <div key={index} className="atmo-quota">
            <Input
              ariaLabel={`Person ${index + 1}`}
              placeholder="Person"
              value={row.person}
              onChange={({ detail }) => replace(index, { person: detail.value })}
            />
            <Select
              ariaLabel={`Quota ${index + 1}`}
              selectedOption={option(row.quota)}
              options={QUOTA_NAMES.map(option)}
              onChange={({ detail }) =>
                replace(index, { quota: QUOTA_NAMES.find((name) => name === detail.selectedOption.value) ?? row.quota })
              }
            />
            <Input
              ariaLabel={`Value ${index + 1}`}
              placeholder="Value"
              type="number"
              inputMode="numeric"
              value={row.value}
              onChange={({ detail }) => replace(index, { value: detail.value })}
            />
            <Button
              iconName="remove"
              formAction="none"
              variant="icon"
              ariaLabel={`Remove quota ${index + 1}`}
              onClick={() => onChange(rows.filter((_, at) => at !== index))}
            />
          </div>
        ))}
        <Button
          iconName="add-plus"
          formAction="none"
          onClick={() => onChange([...rows, { person: '', quota: 'clusters', value: '' }])}
        >
          Add a person’s quota
        </Button>
      </SpaceBetween>
    </FormField>
  );
};

const QuotasForm = ({ quotas }: { readonly quotas: QuotasView }) => {
  const reload = useReloadDocument('getQuotas');
  const notify = useNotify();
  const form = useForm({
    initial: { everyone: textsOf(quotas.everyone), people: rowsOfPeople(quotas.people) },
    schema: quotasBody,
    requestOf: ({ everyone, people }) => ({
      everyone: Object.fromEntries(QUOTA_NAMES.map((name) => [name, quotaOf(name, everyone[name])])),
      people: peopleOf(people),
      version: quotas.version,
    }),
    save: (request) => send('putQuotas', request),
    onSaved: () => {
      reload();
      notify({ type: 'success', text: 'The quotas hold from the next request on.' });
    },
  });
  const { values, change, errorOf } = form;
  return (
    <FormFrame form={form} submitLabel="Save" cancelTo="/admin">
      <Container header={<Header variant="h2">Everyone</Header>}>
        <ColumnLayout columns={2}>
          {QUOTA_NAMES.map((name) => (
            <NumberField
              key={name}
              label={QUOTA_LABELS[name]}
              {...(name === 'workers' ? { constraintText: 'Empty: no limit.' } : {})}
              value={values.everyone[name]}
              onChange={(text) => change({ everyone: { ...values.everyone, [name]: text } })}
              error={errorOf(`everyone.${name}`)}
            />
          ))}
        </ColumnLayout>
      </Container>
      <Container header={<Header variant="h2">Single people</Header>}>
        <PersonRows rows={values.people} onChange={(people) => change({ people })} error={errorOf('people')} />
      </Container>
    </FormFrame>
  );
};

const QuotasPage = () => {
  const query = useRead('getQuotas', {});
  return (
    <Page title="Quotas" description="What one person may have at a time. A refusal names the quota.">
      <Loaded query={query} what="the quotas">
        {(quotas) => (
          <SpaceBetween size="l">
            <QuotasForm key={quotas.version} quotas={quotas} />
            <DocumentHistory name="quotas" />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
};

export default QuotasPage;

import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';

import { differences } from '../../../shared/domain/differences.ts';
import { FormFrame } from '../../components/form-frame.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useNotify } from '../../components/notices.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { settingsBody } from '../../lib/contract.ts';
import { useForm } from '../../lib/use-form.ts';
import { useRead } from '../../lib/use-route.ts';
import { ChangeList } from './change-list.tsx';
import { DefaultEngine } from './default-engine.tsx';
import { DocumentHistory } from './document-history.tsx';
import { PairRows } from './pair-rows.tsx';
import { settingsInput, settingsOf, type SettingsInput, type SettingsView } from './settings-input.ts';
import { useReloadDocument } from './use-document.ts';

const LIMITS: Readonly<Record<keyof SettingsInput['limits'], string>> = {
  maxSize: 'Most workers',
  maxLifetime: 'Longest lifetime (hours)',
  defaultLifetime: 'Preset lifetime (hours)',
  maxIdleHours: 'Most idle hours',
  defaultIdleHours: 'Preset idle hours',
  maxTimeout: 'Longest timeout of a run (hours)',
  defaultTimeout: 'Preset timeout of a run (hours)',
};

const SettingsForm = ({ settings }: { readonly settings: SettingsView }) => {
  const reload = useReloadDocument('getSettings');
  const notify = useNotify();
  const { version, changedAt: _at, changedBy: _by, ...present } = settings;
  const form = useForm({
    initial: settingsInput(settings),
    schema: settingsBody,
    requestOf: (values) => ({ ...settingsOf(values), version }),
    save: (request) => send('putSettings', request),
    onSaved: (saved) => {
      reload();
      notify({ type: 'success', text: `Saved as version ${saved.version}. The next launch uses it.` });
    },
  });
  const { values, change, errorOf } = form;
  return (
    <FormFrame
      form={form}
      submitLabel="Save"
      cancelTo="/admin"
      aside={
        <Container header={<Header variant="h2">What differs</Header>}>
          <ChangeList changes={differences(present, settingsOf(values))} />
        </Container>
      }
    >
      <Container header={<Header variant="h2">Clusters</Header>}>
        <SpaceBetween size="l">
          <FormField stretch label="Instance type of masters" errorText={errorOf('masterInstanceType')}>
            <Input
              value={values.masterInstanceType}
              onChange={({ detail }) => change({ masterInstanceType: detail.value })}
            />
          </FormField>
          <FormField stretch label="Instance type of workers" errorText={errorOf('coreInstanceType')}>
            <Input
              value={values.coreInstanceType}
              onChange={({ detail }) => change({ coreInstanceType: detail.value })}
            />
          </FormField>
          <Toggle checked={values.usesSpot} onChange={({ detail }) => change({ usesSpot: detail.checked })}>
            Take two of three workers from the spot market
          </Toggle>
          <NumberField
            stretch
            label="Most to pay for spot"
            constraintText="Per cent of the on-demand price, 1 to 100."
            value={values.maximumPricePercent}
            onChange={(maximumPricePercent) => change({ maximumPricePercent })}
            error={errorOf('spot.maximumPricePercent')}
          />
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Limits and presets</Header>}>
        <ColumnLayout columns={2}>
          {(Object.keys(LIMITS) as (keyof typeof LIMITS)[]).map((name) => (
            <NumberField
              stretch
              key={name}
              label={LIMITS[name]}
              value={values.limits[name]}
              onChange={(text) => change({ limits: { ...values.limits, [name]: text } })}
              error={errorOf(`limits.${name}`)}
            />
          ))}
        </ColumnLayout>
      </Container>
      <Container header={<Header variant="h2">Company</Header>}>
        <SpaceBetween size="l">
          <FormField
            stretch
            label="Mail domain"
            description="Its addresses become short usernames. Empty: everybody’s username is their whole address."
            errorText={errorOf('companyDomain')}
          >
            <Input value={values.companyDomain} onChange={({ detail }) => change({ companyDomain: detail.value })} />
          </FormField>
          <PairRows
            label="Accounting tags"
            description="On clusters and their instances, for the bill."
            names={{ name: 'Name', value: 'Value' }}
            rows={values.accountingTags}
            onChange={(accountingTags) => change({ accountingTags })}
            error={errorOf('accountingTags')}
          />
          <PairRows
            label="Help links"
            description="At the foot of every page."
            names={{ name: 'Text', value: 'Address' }}
            rows={values.helpLinks}
            onChange={(helpLinks) => change({ helpLinks })}
            error={errorOf('helpLinks')}
          />
        </SpaceBetween>
      </Container>
      {/* Last, since it is known later than the others whether there is a choice. */}
      <DefaultEngine value={values.defaultEngine} onChange={(defaultEngine) => change({ defaultEngine })} />
    </FormFrame>
  );
};

const SettingsPage = () => {
  const query = useRead('getSettings', {});
  return (
    <Page title="Settings" description="Each launch uses the newest version of its moment. What runs keeps its own.">
      <Loaded query={query} what="the settings">
        {(settings) => (
          <SpaceBetween size="l">
            <SettingsForm key={settings.version} settings={settings} />
            <DocumentHistory name="settings" />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
};

export default SettingsPage;

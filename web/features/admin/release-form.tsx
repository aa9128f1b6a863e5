import Checkbox from '@cloudscape-design/components/checkbox';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useQueryClient } from '@tanstack/react-query';

import type { EmrReleaseView } from '../../../shared/contract/emr-release-view.ts';
import { FormFrame } from '../../components/form-frame.tsx';
import { useNotify } from '../../components/notices.tsx';
import { send } from '../../lib/api.ts';
import { emrReleaseBody, releaseVersion } from '../../lib/release-contract.ts';
import { useForm } from '../../lib/use-form.ts';
import {
  knownTexts,
  NEW_RELEASE,
  RELEASES,
  releaseRequest,
  releaseValues,
  withEngine,
  type FactTexts,
} from './release-input.ts';

/** A release that is there already would be replaced without a word. */
const releaseForm = (taken: readonly string[]) =>
  emrReleaseBody.extend({
    version: releaseVersion.refine((version) => !taken.includes(version), {
      error: 'This release is in the list. Edit it there.',
    }),
  });

const FLAGS = [
  { flag: 'isActive', label: 'Active', description: 'Can be chosen for clusters and Spark jobs.' },
  { flag: 'isExperimental', label: 'Experimental', description: 'Marked as such, and never the default.' },
  { flag: 'isDeprecated', label: 'Deprecated', description: 'A choice of it is warned of; never the default.' },
] as const;

const ENGINES = [
  { engine: 'cluster', label: 'Clusters' },
  { engine: 'serverless', label: 'EMR Serverless' },
] as const;

interface ReleaseFormProps {
  /** Null: a new one. */
  readonly release: EmrReleaseView | null;
  /** Versions that a new one may not have. */
  readonly taken: readonly string[];
}

/** Adds or changes an EMR release. */
export const ReleaseForm = ({ release, taken }: ReleaseFormProps) => {
  const notify = useNotify();
  const client = useQueryClient();
  const form = useForm({
    initial: release === null ? NEW_RELEASE : releaseValues(release),
    schema: releaseForm(taken),
    requestOf: releaseRequest,
    save: (request) => send('putEmrRelease', request),
    onSaved: ({ version }) => {
      for (const name of ['listAllEmrReleases', 'listEmrReleases']) void client.invalidateQueries({ queryKey: [name] });
      notify({ type: 'success', text: `EMR ${version} was saved.` }, RELEASES);
    },
  });
  const { values, change, errorOf } = form;
  const texts = { ...knownTexts(values.version.trim()), ...values.own };
  const set = (texts: Partial<FactTexts>): void => change({ own: { ...values.own, ...texts } });
  return (
    <FormFrame form={form} submitLabel={release === null ? 'Add' : 'Save'} cancelTo={RELEASES}>
      <Container header={<Header variant="h2">Release</Header>}>
        <SpaceBetween size="l">
          {release === null && (
            <FormField
              stretch
              label="Version"
              description="EMR’s release label without “emr-”, for example 7.13.0 or spark-8.0.0."
              errorText={errorOf('version')}
            >
              <Input value={values.version} onChange={({ detail }) => change({ version: detail.value })} />
            </FormField>
          )}
          <FormField
            stretch
            label="Changelog"
            description="Address of the release’s page in the EMR documentation."
            errorText={errorOf('changelogUrl')}
          >
            <Input
              type="url"
              value={values.changelogUrl}
              placeholder="https://docs.aws.amazon.com/emr/…"
              onChange={({ detail }) => change({ changelogUrl: detail.value })}
            />
          </FormField>
          <FormField stretch label="Help text" description="Shown where it is chosen." errorText={errorOf('helpText')}>
            <Textarea rows={2} value={values.helpText} onChange={({ detail }) => change({ helpText: detail.value })} />
          </FormField>
          {FLAGS.map(({ flag, label, description }) => (
            <Checkbox
              key={flag}
              checked={values[flag]}
              description={description}
              onChange={({ detail }) => change({ [flag]: detail.checked })}
            >
              {label}
            </Checkbox>
          ))}
        </SpaceBetween>
      </Container>
      <Container
        header={
          <Header variant="h2" description="Filled in for releases that ATMO knows. Change only what differs.">
            Contents
          </Header>
        }
      >
        <SpaceBetween size="l">
          <ColumnLayout columns={2}>
            <FormField stretch label="Spark" errorText={errorOf('sparkVersion')}>
              <Input value={texts.sparkVersion} onChange={({ detail }) => set({ sparkVersion: detail.value })} />
            </FormField>
            <FormField stretch label="Python" errorText={errorOf('pythonVersion')}>
              <Input value={texts.pythonVersion} onChange={({ detail }) => set({ pythonVersion: detail.value })} />
            </FormField>
            <FormField
              stretch
              label="Support ends"
              constraintText="The last day of AWS’s standard support. Empty: unknown."
              errorText={errorOf('supportEndsOn')}
            >
              <Input
                value={texts.supportEndsOn}
                placeholder="YYYY-MM-DD"
                onChange={({ detail }) => set({ supportEndsOn: detail.value })}
              />
            </FormField>
            <FormField stretch label="Runs on" errorText={errorOf('engines')}>
              {ENGINES.map(({ engine, label }) => (
                <Checkbox
                  key={engine}
                  checked={texts.engines.split(', ').includes(engine)}
                  onChange={({ detail }) => set({ engines: withEngine(texts.engines, engine, detail.checked) })}
                >
                  {label}
                </Checkbox>
              ))}
            </FormField>
          </ColumnLayout>
          <FormField
            label="Applications"
            description="Names as EMR has them, with commas between."
            errorText={errorOf('applications')}
            stretch
          >
            <Textarea
              rows={3}
              value={texts.applications}
              onChange={({ detail }) => set({ applications: detail.value })}
            />
          </FormField>
        </SpaceBetween>
      </Container>
    </FormFrame>
  );
};

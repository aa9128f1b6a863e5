import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Toggle from '@cloudscape-design/components/toggle';
import { useState, type ReactNode } from 'react';

import type { EmrReleaseView } from '../../../shared/contract/emr-release-view.ts';
import type { NotebookCheckView } from '../../../shared/contract/spark-job.ts';
import { LOWEST } from '../../../shared/domain/limits.ts';
import { NumberField } from '../../components/number-field.tsx';
import { ReleaseField } from '../../components/release-field.tsx';
import { useMe } from '../../lib/me.ts';
import type { Form } from '../../lib/use-form.ts';
import { EngineField } from './engine-field.tsx';
import { NotebookField } from './notebook-field.tsx';
import { ParametersEditor } from './parameters-editor.tsx';
import { ScheduleFields } from './schedule-fields.tsx';
import { StartAndEnd } from './start-and-end.tsx';
import type { SparkJobInput } from './spark-job-input.ts';

interface SparkJobFieldsProps {
  readonly form: Form<SparkJobInput>;
  readonly releases: readonly EmrReleaseView[];
  /** The notebook and the start of an existing job; null for a new one. */
  readonly present: {
    readonly notebook: string;
    readonly kind: SparkJobInput['notebookKind'];
    readonly startDate: string;
  } | null;
  /** The notebook that a new job starts with, from another job. */
  readonly firstNotebook?: ((signal: AbortSignal) => Promise<File>) | undefined;
  /** The identifier field of a new job. */
  readonly children?: ReactNode;
}

/** The form fields shared by new and existing jobs. */
export const SparkJobFields = ({ form, releases, present, firstNotebook, children }: SparkJobFieldsProps) => {
  const { values, change, errorOf } = form;
  const { maxSize, maxTimeout } = useMe().limits;
  const [offered, setOffered] = useState<NotebookCheckView['parameters']>([]);
  return (
    <>
      <Container header={<Header variant="h2">Notebook</Header>}>
        <SpaceBetween size="l">
          {children}
          <FormField label="Description" errorText={errorOf('description')}>
            <Textarea
              value={values.description}
              rows={2}
              onChange={({ detail }) => change({ description: detail.value })}
            />
          </FormField>
          <NotebookField
            present={present?.notebook ?? null}
            first={firstNotebook}
            kept={values.notebookUploadId === null ? null : { id: values.notebookUploadId, name: values.notebookName }}
            onUploaded={(upload) => {
              setOffered(upload?.check.parameters ?? []);
              change({
                notebookUploadId: upload?.id ?? null,
                notebookName: upload?.name ?? '',
                notebookKind: upload?.check.kind ?? present?.kind ?? null,
              });
            }}
            error={errorOf('notebookUploadId')}
          />
          <FormField
            label="Parameters"
            description="Passed to the notebook. In Jupyter they override the cell tagged “parameters”."
            stretch
          >
            <ParametersEditor
              rows={values.parameters}
              offered={offered}
              onChange={(parameters) => change({ parameters })}
              error={errorOf('parameters')}
            />
          </FormField>
          <FormField label="Results" errorText={errorOf('resultVisibility')}>
            <RadioGroup
              value={values.resultVisibility}
              items={[
                { value: 'private', label: 'Private', description: 'For people who may see this job.' },
                { value: 'public', label: 'Public', description: 'For anyone with the link, without signing in.' },
              ]}
              onChange={({ detail }) => change({ resultVisibility: detail.value === 'public' ? 'public' : 'private' })}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">When</Header>}>
        <SpaceBetween size="l">
          <ScheduleFields value={values.schedule} onChange={(schedule) => change({ schedule })} errorOf={errorOf} />
          <StartAndEnd form={form} presentStart={present?.startDate ?? null} />
          <FormField label="Schedule" errorText={errorOf('isEnabled')}>
            <Toggle checked={values.isEnabled} onChange={({ detail }) => change({ isEnabled: detail.checked })}>
              Enabled
            </Toggle>
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Where</Header>}>
        <SpaceBetween size="l">
          <EngineField
            values={values}
            releases={releases}
            onChange={(engine) => change({ engine })}
            error={errorOf('engine')}
          />
          <NumberField
            label="Size"
            description="On a cluster, 1 is the master alone, one machine; from 2 on these are workers besides the master: 2 are three machines. On EMR Serverless, the most workers besides the driver."
            constraintText={`${LOWEST.size} to ${maxSize}.`}
            value={values.size}
            onChange={(size) => change({ size })}
            error={errorOf('size')}
          />
          <NumberField
            label="Timeout"
            description="Hours after which a run is terminated. Results saved until then are kept."
            constraintText={`${LOWEST.timeout} to ${maxTimeout} hours.`}
            value={values.timeout}
            onChange={(timeout) => change({ timeout })}
            error={errorOf('timeout')}
          />
          <ReleaseField
            releases={releases}
            value={values.emrRelease}
            onChange={(emrRelease) => change({ emrRelease })}
            error={errorOf('emrRelease')}
          />
        </SpaceBetween>
      </Container>
    </>
  );
};

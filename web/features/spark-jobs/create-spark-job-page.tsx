import { useState } from 'react';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { EmrReleaseView } from '../../../shared/contract/routes/clusters.ts';
import { FormFrame } from '../../components/form-frame.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { createSparkJobBody } from '../../lib/contract.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { useForm } from '../../lib/use-form.ts';
import { useRead } from '../../lib/use-route.ts';
import { IdentifierField } from './identifier-field.tsx';
import { createRequestOf, newSparkJob } from './spark-job-input.ts';
import { SparkJobFields } from './spark-job-fields.tsx';
import { SparkJobForecast } from './spark-job-forecast.tsx';
import { useSavedSparkJob } from './use-saved-spark-job.ts';

interface CreateFormProps {
  readonly defaults: RouteOutput<Routes['getSparkJobDefaults']>;
  readonly releases: readonly EmrReleaseView[];
}

const CreateForm = ({ defaults, releases }: CreateFormProps) => {
  const [initial] = useState(() => newSparkJob(defaults, serverNow()));
  const form = useForm({
    initial,
    schema: createSparkJobBody,
    requestOf: createRequestOf,
    save: (request) => send('createSparkJob', request),
    onSaved: useSavedSparkJob(),
  });
  return (
    <FormFrame
      form={form}
      submitLabel="Create the Spark job"
      cancelTo="/spark-jobs"
      aside={<SparkJobForecast values={form.values} presentStart={null} identifier={null} />}
    >
      <SparkJobFields form={form} releases={releases} present={null}>
        <IdentifierField
          value={form.values.identifier}
          onChange={(identifier) => form.change({ identifier })}
          error={form.errorOf('identifier')}
        />
      </SparkJobFields>
    </FormFrame>
  );
};

const CreateSparkJobPage = () => {
  const defaults = useRead('getSparkJobDefaults', {}, { isPreset: true });
  const releases = useRead('listEmrReleases', { limit: 100 });
  return (
    <Page title="Create a Spark job" parent={{ text: 'Spark jobs', to: '/spark-jobs' }}>
      <Loaded query={defaults} what="the form">
        {(presets) => (
          <Loaded query={releases} what="the EMR releases">
            {({ items }) => <CreateForm defaults={presets} releases={items} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
};

export default CreateSparkJobPage;

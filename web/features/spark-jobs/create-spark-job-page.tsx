import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { EmrReleaseView } from '../../../shared/contract/emr-release-view.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { FormFrame } from '../../components/form-frame.tsx';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { createSparkJobBody } from '../../lib/contract.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { useForm } from '../../lib/use-form.ts';
import { useRead } from '../../lib/use-route.ts';
import { IdentifierField } from './identifier-field.tsx';
import { createRequestOf, newSparkJob } from './spark-job-input.ts';
import { SparkJobFields } from './spark-job-fields.tsx';
import { notebookOf, sparkJobLike } from './spark-job-like.ts';
import { useSavedSparkJob } from './use-saved-spark-job.ts';

const SparkJobForecast = lazy(() => import('./spark-job-forecast.tsx'));

interface CreateFormProps {
  readonly defaults: RouteOutput<Routes['getSparkJobDefaults']>;
  readonly releases: readonly EmrReleaseView[];
  /** The job that the new one is to be like; null for none. */
  readonly earlier: SparkJobView | null;
}

const CreateForm = ({ defaults, releases, earlier }: CreateFormProps) => {
  const [initial] = useState(() =>
    earlier === null ? newSparkJob(defaults, serverNow()) : sparkJobLike(earlier, defaults, releases, serverNow()),
  );
  const form = useForm({
    initial,
    schema: createSparkJobBody,
    requestOf: createRequestOf,
    save: (request) => send('createSparkJob', request),
    onSaved: useSavedSparkJob(),
    draft: `new-spark-job ${earlier?.identifier ?? ''}`,
  });
  return (
    <FormFrame
      form={form}
      submitLabel="Create the Spark job"
      cancelTo="/spark-jobs"
      aside={
        <Suspense fallback={<Loading what="the estimate" />}>
          <SparkJobForecast values={form.values} presentStart={null} identifier={null} />
        </Suspense>
      }
    >
      <SparkJobFields
        form={form}
        releases={releases}
        present={null}
        firstNotebook={earlier === null ? undefined : notebookOf(earlier)}
      >
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
  const like = useSearchParams()[0].get('like');
  const earlier = useRead('getSparkJob', { identifier: like ?? '' }, { enabled: like !== null, isPreset: true });
  return (
    <Page title="Create a Spark job" parent={{ text: 'Spark jobs', to: '/spark-jobs' }}>
      <Loaded query={defaults} what="the form">
        {(presets) => (
          <Loaded query={releases} what="the EMR releases">
            {({ items }) =>
              like === null ? (
                <CreateForm defaults={presets} releases={items} earlier={null} />
              ) : (
                <Loaded query={earlier} what="the other Spark job">
                  {(job) => <CreateForm defaults={presets} releases={items} earlier={job} />}
                </Loaded>
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
};

export default CreateSparkJobPage;

import { lazy, Suspense, useState } from 'react';
import { useParams } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { EmrReleaseView } from '../../../shared/contract/emr-release-view.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { crumbOfJob } from '../../components/breadcrumb.tsx';
import { DeadEnd } from '../../components/dead-end.tsx';
import { FormFrame } from '../../components/form-frame.tsx';
import { PageButton } from '../../components/links.tsx';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { updateSparkJobBody } from '../../lib/contract.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { useForm } from '../../lib/use-form.ts';
import { useRead } from '../../lib/use-route.ts';
import { presentSparkJob, updateRequestOf } from './spark-job-input.ts';
import { SparkJobFields } from './spark-job-fields.tsx';
import { useSavedSparkJob } from './use-saved-spark-job.ts';

const SparkJobForecast = lazy(() => import('./spark-job-forecast.tsx'));

const EditForm = ({ job, releases }: { readonly job: SparkJobView; readonly releases: readonly EmrReleaseView[] }) => {
  const [initial] = useState(() => presentSparkJob(job, serverNow()));
  const form = useForm({
    initial,
    schema: updateSparkJobBody,
    requestOf: updateRequestOf,
    save: (request) => send('updateSparkJob', { ...request, identifier: job.identifier }),
    onSaved: useSavedSparkJob(),
    draft: `spark-job ${job.identifier}`,
  });
  return (
    <FormFrame
      form={form}
      submitLabel="Save the changes"
      cancelTo={PAGES.sparkJob(job.identifier)}
      aside={
        <Suspense fallback={<Loading what="the estimate" />}>
          <SparkJobForecast values={form.values} presentStart={job.startDate} identifier={job.identifier} />
        </Suspense>
      }
    >
      <SparkJobFields
        form={form}
        releases={releases}
        present={{ notebook: job.notebook.name, kind: job.notebook.kind, startDate: job.startDate }}
      />
    </FormFrame>
  );
};

const EditSparkJobPage = () => {
  const { identifier = '' } = useParams();
  const job = useRead('getSparkJob', { identifier });
  const releases = useRead('listEmrReleases', { limit: 100 });
  const page = { title: `Edit ${identifier}`, parent: crumbOfJob(identifier) };
  return (
    <Loaded query={job} what="the Spark job" page={page}>
      {(present) =>
        present.permissions.includes('manage') ? (
          <Page {...page}>
            <Loaded query={releases} what="the EMR releases">
              {({ items }) => <EditForm job={present} releases={items} />}
            </Loaded>
          </Page>
        ) : (
          <DeadEnd
            status={403}
            title="You don’t have access"
            text="You may view this Spark job but not change it."
            advice="Ask its owner to share it for managing."
            action={
              <PageButton to={PAGES.sparkJob(identifier)} variant="primary">
                View the Spark job
              </PageButton>
            }
          />
        )
      }
    </Loaded>
  );
};

export default EditSparkJobPage;

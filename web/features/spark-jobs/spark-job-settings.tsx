import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { PageButton } from '../../components/links.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Moment, MomentOr } from '../../components/moment.tsx';
import { ReleaseName } from '../../components/release-name.tsx';
import { countText } from '../../lib/amounts.ts';
import { ParameterList } from '../runs/parameter-list.tsx';
import { ENGINE_WORDS, sizeWords } from '../runs/run-words.ts';
import { costWords, useJobEstimate } from './job-estimate.ts';
import { ScheduleWords } from './schedule-words.tsx';

const Estimates = ({ job }: { readonly job: SparkJobView }) => (
  <Loaded query={useJobEstimate(job)} what="the estimate">
    {(estimate) => (
      <KeyValuePairs
        columns={2}
        minColumnWidth={140}
        items={[
          { label: 'Cost of a run', value: costWords(estimate, 'perRun') },
          { label: 'Cost of a month', value: costWords(estimate, 'perMonth') },
        ]}
      />
    )}
  </Loaded>
);

/** All settings of a job, with the way to change them. */
export const SparkJobSettings = ({ job }: { readonly job: SparkJobView }) => (
  <SpaceBetween size="l">
    {job.permissions.includes('manage') && (
      <PageButton to={`${PAGES.sparkJob(job.identifier)}/edit`}>Edit the settings</PageButton>
    )}
    <KeyValuePairs
      columns={3}
      minColumnWidth={140}
      items={[
        {
          label: 'Schedule',
          value: (
            <>
              <ScheduleWords job={job} />
              {job.schedule.type === 'cron' && <div className="atmo-aside-text">{job.scheduleInWords}</div>}
            </>
          ),
        },
        { label: 'Start', value: <Moment at={job.startDate} /> },
        { label: job.expiredAt === null ? 'End' : 'Ended', value: <MomentOr at={job.endDate} otherwise="Never" /> },
        { label: 'Engine', value: ENGINE_WORDS[job.engine].label },
        { label: 'Size', value: sizeWords(job) },
        { label: 'Timeout', value: countText(job.timeout, 'hour') },
        { label: 'EMR release', value: <ReleaseName version={job.emrRelease} /> },
        { label: 'Results', value: job.resultVisibility === 'public' ? 'Public' : 'Private' },
        { label: 'Owner', value: job.owner },
        { label: 'Notebook', value: `${job.notebook.name}, version ${job.notebook.version}` },
        { label: 'Parameters', value: <ParameterList parameters={job.parameters} /> },
        { label: 'Created', value: <Moment at={job.createdAt} /> },
      ]}
    />
    <Estimates job={job} />
  </SpaceBetween>
);

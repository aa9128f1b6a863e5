import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { CostSoFar } from '../../components/cost-so-far.tsx';
import { PageLink } from '../../components/links.tsx';
import { Moment, MomentOr } from '../../components/moment.tsx';
import { countText } from '../../lib/amounts.ts';
import { useNow } from '../../lib/use-now.ts';
import { ParameterList } from '../runs/parameter-list.tsx';
import { RunState } from '../runs/run-state.tsx';
import { ENGINE_WORDS, runDuration, sizeWords } from '../runs/run-words.ts';
import { SparkJobState } from './spark-job-state.tsx';

const LatestRun = ({ job: { identifier, latestRun } }: { readonly job: SparkJobView }) => {
  const now = useNow();
  if (latestRun === null) return 'None yet';
  return (
    <>
      <RunState run={latestRun} />{' '}
      <PageLink to={PAGES.run(identifier, latestRun.id)}>{`Run ${latestRun.number}`}</PageLink>
      <Box color="text-body-secondary" fontSize="body-s">
        <Moment at={latestRun.scheduledAt} />
        <br />
        {runDuration(latestRun, now)}, <CostSoFar cost={latestRun.cost} />
      </Box>
    </>
  );
};

const nextRunOf = ({ nextRuns, isEnabled, expiredAt }: SparkJobView) => (
  <MomentOr
    at={nextRuns[0] ?? null}
    otherwise={isEnabled && expiredAt === null ? 'None' : expiredAt === null ? 'None while disabled' : 'None (expired)'}
  />
);

/** All settings of a job and its state. */
export const SparkJobSummary = ({ job }: { readonly job: SparkJobView }) => (
  <Container header={<Header variant="h2">Summary</Header>}>
    <KeyValuePairs
      columns={3}
      items={[
        { label: 'State', value: <SparkJobState job={job} /> },
        { label: 'Next run', value: nextRunOf(job) },
        { label: 'Latest run', value: <LatestRun job={job} /> },
        { label: 'Schedule', value: job.scheduleInWords },
        { label: 'Start', value: <Moment at={job.startDate} /> },
        { label: 'End', value: <MomentOr at={job.endDate} otherwise="Never" /> },
        { label: 'Engine', value: ENGINE_WORDS[job.engine].label },
        { label: 'Size', value: sizeWords(job) },
        { label: 'Timeout', value: countText(job.timeout, 'hour') },
        { label: 'EMR release', value: job.emrRelease },
        { label: 'Results', value: job.resultVisibility === 'public' ? 'Public' : 'Private' },
        { label: 'Owner', value: job.owner },
        { label: 'Parameters', value: <ParameterList parameters={job.parameters} /> },
      ]}
    />
  </Container>
);

import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';

import SpaceBetween from '@cloudscape-design/components/space-between';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { CostSoFar } from '../../components/cost-so-far.tsx';
import { PageLink } from '../../components/links.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Moment } from '../../components/moment.tsx';
import { elapsedText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';
import { useIsChanging, useRead } from '../../lib/use-route.ts';
import { runDuration } from '../runs/run-words.ts';
import { FiguresToCome, JobFigures, Small } from './job-figures.tsx';
import { newestRun } from './newest-run.ts';
import { ScheduleWords } from './schedule-words.tsx';
import { SparkJobState } from './spark-job-state.tsx';

/** As many as one answer has. */
const COUNTED = 100;

/** The scheduled time that gave the job its state, where it has no run. */
const Missed = ({ job }: { readonly job: SparkJobView }) => {
  const newest = newestRun(job);
  if (newest === null || newest.id !== job.latestMissed?.id) return null;
  return (
    <Small>
      <PageLink to={PAGES.run(job.identifier, newest.id)} fontSize="body-s">{`Run ${newest.number}`}</PageLink>,{' '}
      <Moment at={job.latestMissed.occurrence} />
    </Small>
  );
};

const LatestRun = ({ job: { identifier, latestRun } }: { readonly job: SparkJobView }) => {
  const now = useNow();
  if (latestRun === null) return null;
  return (
    <Small>
      <PageLink to={PAGES.run(identifier, latestRun.id)} fontSize="body-s">{`Run ${latestRun.number}`}</PageLink>,{' '}
      <Moment at={latestRun.scheduledAt} />
      <br />
      {runDuration(latestRun, now)}, <CostSoFar cost={latestRun.cost} />
    </Small>
  );
};

const NextRun = ({ job: { nextRuns, isEnabled, expiredAt, endDate } }: { readonly job: SparkJobView }) => {
  const now = useNow();
  const isChanging = useIsChanging('updateSparkJob');
  const [next] = nextRuns;
  if (next === undefined) {
    if (expiredAt !== null) return 'None (expired)';
    if (isEnabled && isChanging) return 'Being worked out';
    return isEnabled ? 'None' : 'None while disabled';
  }
  return (
    <>
      {Date.parse(next) <= now ? 'Due now' : `In ${elapsedText(new Date(now).toISOString(), next)}`}
      <Small>
        <Moment at={next} />
        {endDate !== null && (
          <div>
            Expires <Moment at={endDate} />
          </div>
        )}
      </Small>
    </>
  );
};

/** What matters of a job at a glance: how it stands, when it runs next, how well, how long, at what cost. */
export const SparkJobSummary = ({ job }: { readonly job: SparkJobView }) => {
  const { identifier } = job;
  const runs = useRead('listRuns', { identifier, limit: COUNTED }, { staleTime: 60_000 });
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          minColumnWidth={140}
          items={[
            {
              label: 'State',
              value: (
                <>
                  <SparkJobState job={job} />
                  <Missed job={job} />
                  <LatestRun job={job} />
                </>
              ),
            },
            { label: 'Next run', value: <NextRun job={job} /> },
            { label: 'Schedule', value: <ScheduleWords job={job} /> },
          ]}
        />
        {runs.data === undefined && runs.error === null ? (
          <FiguresToCome />
        ) : (
          <Loaded query={runs} what="the runs">
            {(listed) => <JobFigures runs={listed} />}
          </Loaded>
        )}
      </SpaceBetween>
    </Container>
  );
};

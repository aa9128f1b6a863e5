import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';

import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { CostSoFar } from '../../components/cost-so-far.tsx';
import { PageLink } from '../../components/links.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Moment } from '../../components/moment.tsx';
import { countText, moneyText } from '../../lib/amounts.ts';
import { durationText, elapsedText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';
import { useRead } from '../../lib/use-route.ts';
import { runDuration } from '../runs/run-words.ts';
import { runFigures } from './run-figures.ts';
import { ScheduleWords } from './schedule-words.tsx';
import { SparkJobState } from './spark-job-state.tsx';

/** As many as one answer has. */
const COUNTED = 100;

const Small = ({ children }: { readonly children: ReactNode }) => (
  <Box color="text-body-secondary" fontSize="body-s">
    {children}
  </Box>
);

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
  const [next] = nextRuns;
  if (next === undefined) {
    if (expiredAt !== null) return 'None (expired)';
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

const successText = (succeeded: number, told: number): string =>
  told === 0 ? 'No run yet that tells' : `${Math.round((100 * succeeded) / told)} %`;

/** What matters of a job at a glance: how it stands, when it runs next, how well, how long, at what cost. */
export const SparkJobSummary = ({ job }: { readonly job: SparkJobView }) => {
  const now = useNow();
  const { identifier } = job;
  const runs = useRead('listRuns', { identifier, limit: COUNTED }, { staleTime: 60_000 });
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          minColumnWidth={200}
          items={[
            {
              label: 'State',
              value: (
                <>
                  <SparkJobState job={job} />
                  <LatestRun job={job} />
                </>
              ),
            },
            { label: 'Next run', value: <NextRun job={job} /> },
            { label: 'Schedule', value: <ScheduleWords job={job} /> },
          ]}
        />
        <Loaded query={runs} what="the runs">
          {({ items, cursor }) => {
            const { succeeded, told, p50, p95, month } = runFigures(items, now);
            const started = items.filter(({ startedAt }) => startedAt !== null).length;
            const isMore = cursor !== null && month.runs === started;
            return (
              <KeyValuePairs
                columns={3}
                minColumnWidth={200}
                items={[
                  {
                    label: 'Success rate',
                    value: (
                      <>
                        {successText(succeeded, told)}
                        {told > 0 && <Small>{`${succeeded} of the last ${countText(told, 'run')}`}</Small>}
                      </>
                    ),
                  },
                  {
                    label: 'Duration',
                    value:
                      p50 === null || p95 === null ? (
                        'No success yet'
                      ) : (
                        <>
                          Half within {durationText(p50)}
                          <Small>95 % within {durationText(p95)} (p50 and p95 of the runs that succeeded)</Small>
                        </>
                      ),
                  },
                  {
                    label: 'Cost this month',
                    value: (
                      <>
                        {isMore && 'More than '}
                        {moneyText(month.cost, items[0]?.cost.currency ?? 'USD')}
                        <Small>for {countText(month.runs, 'run')}</Small>
                      </>
                    ),
                  },
                ]}
              />
            );
          }}
        </Loaded>
      </SpaceBetween>
    </Container>
  );
};

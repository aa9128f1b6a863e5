import { PAGES } from '../../../shared/contract/pages.ts';
import type { SparkJobSortField } from '../../../shared/contract/spark-job.ts';
import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';
import { PageLink } from '../../components/links.tsx';
import { Moment, MomentOr } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { NAME_WIDTH, OWNER_WIDTH, type Column } from '../../components/column.ts';
import { elapsedText, utcText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';
import { newestRun } from './newest-run.ts';
import { RecentRuns } from './recent-runs.tsx';
import { ScheduleWords } from './schedule-words.tsx';
import { SparkJobState } from './spark-job-state.tsx';

type JobColumn = Column<ListedSparkJobView, SparkJobSortField>;

const LatestRun = ({ job }: { readonly job: ListedSparkJobView }) => {
  const newest = newestRun(job);
  return newest === null ? (
    'None yet'
  ) : (
    <>
      <span className="atmo-whole">
        <PageLink to={PAGES.run(job.identifier, newest.id)}>{`Run ${newest.number}`}</PageLink>
      </span>
      {newest.finishedAt !== null && (
        <div>
          <Moment at={newest.finishedAt} />
        </div>
      )}
    </>
  );
};

/** For phones, where the time in UTC and the local one would take three lines more. */
const LatestRunAgo = ({ job }: { readonly job: ListedSparkJobView }) => {
  const now = useNow();
  const newest = newestRun(job);
  if (newest === null) return null;
  const { id, number, finishedAt } = newest;
  return (
    <OnPhones>
      <span className="atmo-whole">
        <PageLink to={PAGES.run(job.identifier, id)}>{`Run ${number}`}</PageLink>
      </span>
      {finishedAt !== null && (
        <>
          ,{' '}
          <time dateTime={finishedAt} title={utcText(finishedAt)} className="atmo-whole">
            {elapsedText(finishedAt, now)} ago
          </time>
        </>
      )}
    </OnPhones>
  );
};

const identifier: JobColumn = {
  id: 'identifier',
  header: 'Identifier',
  sortingField: 'identifier',
  isRowHeader: true,
  minWidth: NAME_WIDTH,
  cell: (job) => (
    <PageLink to={PAGES.sparkJob(job.identifier)}>
      <Name text={job.identifier} />
    </PageLink>
  ),
};
const owner: JobColumn = {
  id: 'owner',
  header: 'Owner',
  sortingField: 'owner',
  isExtra: true,
  minWidth: OWNER_WIDTH,
  cell: (job) => <Name text={job.owner} />,
};
const state: JobColumn = {
  id: 'state',
  header: 'State',
  cell: (job) => (
    <>
      <SparkJobState job={job} />
      <LatestRunAgo job={job} />
    </>
  ),
};
const schedule: JobColumn = {
  id: 'schedule',
  header: 'Schedule',
  isExtra: true,
  cell: (job) => <ScheduleWords job={job} />,
};
const nextRun: JobColumn = {
  id: 'nextRun',
  header: 'Next run',
  isExtra: true,
  cell: (job) => <MomentOr at={job.nextRuns[0] ?? null} />,
};

const latestRun: JobColumn = {
  id: 'latestRun',
  header: 'Latest run',
  sortingField: 'latestRun',
  isExtra: true,
  cell: (job) => <LatestRun job={job} />,
};

const release: JobColumn = {
  id: 'emrRelease',
  header: 'EMR release',
  sortingField: 'emrRelease',
  isExtra: true,
  cell: (job) => job.emrRelease,
};
const recentRuns: JobColumn = {
  id: 'recentRuns',
  header: 'Last runs',
  isExtra: true,
  cell: (job) => <RecentRuns identifier={job.identifier} runs={job.recentRuns} />,
};

/** Columns of a list of jobs, with the owner if there are several. */
export const sparkJobColumns = (shows: { readonly owners: boolean; readonly releases?: boolean }): JobColumn[] => [
  identifier,
  ...(shows.owners ? [owner] : []),
  state,
  schedule,
  // With the release there is no room for it at 1280 px; the page of the job has it.
  ...(shows.releases === true ? [] : [nextRun]),
  latestRun,
  ...(shows.releases === true ? [release] : []),
  recentRuns,
];

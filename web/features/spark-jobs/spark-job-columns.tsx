import { PAGES } from '../../../shared/contract/pages.ts';
import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { PageLink } from '../../components/links.tsx';
import { MomentOr } from '../../components/moment.tsx';
import { STATE_WIDTH, type Column } from '../../components/paged-table.tsx';
import { RunState } from '../runs/run-state.tsx';
import { SparkJobState } from './spark-job-state.tsx';

type JobColumn = Column<SparkJobView>;

const identifier: JobColumn = {
  id: 'identifier',
  header: 'Identifier',
  isRowHeader: true,
  cell: (job) => <PageLink to={PAGES.sparkJob(job.identifier)}>{job.identifier}</PageLink>,
};
const owner: JobColumn = { id: 'owner', header: 'Owner', isExtra: true, cell: (job) => job.owner };
const state: JobColumn = {
  id: 'state',
  header: 'State',
  minWidth: STATE_WIDTH,
  cell: (job) => <SparkJobState job={job} />,
};
const schedule: JobColumn = { id: 'schedule', header: 'Schedule', isExtra: true, cell: (job) => job.scheduleInWords };
const nextRun: JobColumn = {
  id: 'nextRun',
  header: 'Next run',
  isExtra: true,
  cell: (job) => <MomentOr at={job.nextRuns[0] ?? null} />,
};

const LatestRun = ({ job: { identifier, latestRun } }: { readonly job: SparkJobView }) =>
  latestRun === null ? (
    'None yet'
  ) : (
    <>
      <RunState run={latestRun} />
      <div>
        <PageLink to={PAGES.run(identifier, latestRun.id)}>{`Run ${latestRun.number}`}</PageLink>
      </div>
    </>
  );
const latestRun: JobColumn = {
  id: 'latestRun',
  header: 'Latest run',
  isExtra: true,
  cell: (job) => <LatestRun job={job} />,
};

/** What a list of jobs shows; the owner where there are several. */
export const sparkJobColumns = (shows: { readonly owners: boolean }): JobColumn[] => [
  identifier,
  ...(shows.owners ? [owner] : []),
  state,
  schedule,
  nextRun,
  latestRun,
];

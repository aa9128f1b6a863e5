import { PAGES } from '../../../shared/contract/pages.ts';
import type { RunSortField } from '../../../shared/contract/routes/runs.ts';
import type { ListedRunView } from '../../../shared/contract/run.ts';
import { CostSoFar } from '../../components/cost-so-far.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { PagedTable, type Column } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useSort } from '../../components/use-sort.ts';
import { useNow } from '../../lib/use-now.ts';
import { useRead } from '../../lib/use-route.ts';
import { RunState } from './run-state.tsx';
import { EmrConsoleLink } from './emr-console-link.tsx';
import { runDuration, triggerWords } from './run-words.ts';

const columnsFor = (identifier: string, now: number): Column<ListedRunView, RunSortField>[] => [
  {
    id: 'number',
    header: 'Run',
    sortingField: 'number',
    isRowHeader: true,
    cell: (run) => (
      <span className="atmo-whole">
        <PageLink to={PAGES.run(identifier, run.id)}>{`Run ${run.number}`}</PageLink>
      </span>
    ),
  },
  { id: 'state', header: 'State', sortingField: 'outcome', cell: (run) => <RunState run={run} /> },
  { id: 'trigger', header: 'Started by', sortingField: 'trigger', isExtra: true, cell: triggerWords },
  {
    id: 'scheduled',
    header: 'Scheduled for',
    sortingField: 'scheduledAt',
    cell: ({ scheduledAt }) => <Moment at={scheduledAt} />,
  },
  {
    id: 'duration',
    header: 'Duration',
    isExtra: true,
    cell: (run) => <span className="atmo-whole">{runDuration(run, now)}</span>,
  },
  { id: 'cost', header: 'Cost', isExtra: true, cell: ({ cost }) => <CostSoFar cost={cost} /> },
  { id: 'emr', header: 'EMR cluster', isExtra: true, cell: (run) => <EmrConsoleLink run={run} none="–" /> },
];

interface RunsTableProps {
  readonly identifier: string;
  /** Whether the job is running or about to run. */
  readonly isLive: boolean;
}

/** A job's run history. */
export const RunsTable = ({ identifier, isLive }: RunsTableProps) => {
  const now = useNow();
  const columns = columnsFor(identifier, now);
  const { sort, sorting } = useSort(columns, '-scheduledAt');
  const pages = usePages(JSON.stringify([identifier, sort]));
  const runs = useRead(
    'listRuns',
    { identifier, sort, cursor: pages.cursor },
    { keepPrevious: true, isLive: ({ items }) => isLive || items.some(({ outcome }) => outcome === null) },
  );
  return (
    <PagedTable
      name="runs"
      variant="borderless"
      query={runs}
      pages={pages}
      columns={columns}
      sorting={sorting}
      trackBy={({ id }) => id}
      empty={<EmptyState title="No runs yet" text="The schedule or Run now starts the first one." />}
    />
  );
};

import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { RunSortField } from '../../../shared/contract/routes/runs.ts';
import type { ListedRunView } from '../../../shared/contract/run.ts';
import { CostSoFar } from '../../components/cost-so-far.tsx';
import { EmrConsoleLink } from '../../components/emr-console-link.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { PagedTable, type Column } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useSort } from '../../components/use-sort.ts';
import { useNarrow } from '../../lib/use-media.ts';
import { useNow } from '../../lib/use-now.ts';
import { useRead } from '../../lib/use-route.ts';
import { RunState } from './run-state.tsx';
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
  {
    id: 'emr',
    header: 'EMR cluster',
    isExtra: true,
    cell: (run) => <EmrConsoleLink jobflowId={run.jobflowId} none="–" />,
  },
];

interface RunsTableProps {
  readonly identifier: string;
  /** Whether the job is running or about to run. */
  readonly isLive: boolean;
}

/** Leads to a comparison of the two runs that are chosen. */
const CompareRuns = ({
  identifier,
  chosen,
}: {
  readonly identifier: string;
  readonly chosen: readonly ListedRunView[];
}) => {
  const navigate = useNavigate();
  const [before, after, ...more] = chosen.toSorted((one, other) => one.number - other.number);
  const isPair = before !== undefined && after !== undefined && more.length === 0;
  return (
    <Button
      disabled={!isPair}
      disabledReason="Choose two runs below."
      onClick={() => {
        if (isPair) void navigate(PAGES.compareRuns(identifier, before.id, after.id));
      }}
    >
      Compare
    </Button>
  );
};

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
  // A phone has no room for a column of boxes; there the page of a run leads to the comparison.
  const isNarrow = useNarrow();
  const [chosen, setChosen] = useState<readonly ListedRunView[]>([]);
  return (
    <PagedTable
      name="runs"
      header={isNarrow ? null : <CompareRuns identifier={identifier} chosen={chosen} />}
      selection={
        isNarrow ? undefined : { selected: chosen, onChange: setChosen, nameOf: ({ number }) => `run ${number}` }
      }
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

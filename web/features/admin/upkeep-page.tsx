import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';

import type { UpkeepItem } from '../../../shared/contract/routes/admin-monitor.ts';
import { Loaded } from '../../components/loaded.tsx';
import { LongText } from '../../components/long-text.tsx';
import { Moment, MomentOr } from '../../components/moment.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { Page } from '../../components/page.tsx';
import { NAME_WIDTH, type Column } from '../../components/paged-table.tsx';
import { useShownColumns } from '../../components/shown-columns.tsx';
import { durationText } from '../../lib/instant-text.ts';
import { useRead } from '../../lib/use-route.ts';

/** `terminateExpiredClusters` as words: "Terminate expired clusters". */
const taskName = (task: string): string => {
  const words = task.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace('emr', 'EMR');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

/** “Every minute” is how people say it; longer ones have a number. */
const PERIODS: Readonly<Record<number, string>> = { 1: 'every minute', 60: 'hourly', 1440: 'daily' };

const periodText = (minutes: number): string => PERIODS[minutes] ?? `every ${durationText(minutes * 60)}`;

const State = ({ item }: { readonly item: UpkeepItem }) => {
  const { isOverdue, running, lastEndedAt, lastErrorAt } = item;
  if (isOverdue) return <StatusIndicator type="error">Overdue</StatusIndicator>;
  if (lastErrorAt !== null && lastErrorAt === lastEndedAt)
    return <StatusIndicator type="warning">Failed</StatusIndicator>;
  if (running > 0) return <StatusIndicator type="in-progress">Running</StatusIndicator>;
  return lastEndedAt === null ? (
    <StatusIndicator type="pending">Not yet run</StatusIndicator>
  ) : (
    <StatusIndicator type="success">On time</StatusIndicator>
  );
};

const secondsText = (milliseconds: number | null): string =>
  milliseconds === null ? '–' : `${(milliseconds / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} s`;

const COLUMNS: readonly Column<UpkeepItem>[] = [
  {
    id: 'task',
    header: 'Task',
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ task, everyMinutes }) => (
      <>
        {taskName(task)}
        <Box color="text-body-secondary" fontSize="body-s">
          {periodText(everyMinutes)}
        </Box>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    minWidth: NAME_WIDTH,
    cell: (item) => (
      <>
        <State item={item} />
        <OnPhones>
          <MomentOr at={item.lastStartedAt} />
        </OnPhones>
      </>
    ),
  },
  { id: 'started', header: 'Last start', isExtra: true, cell: ({ lastStartedAt }) => <MomentOr at={lastStartedAt} /> },
  { id: 'ended', header: 'Last end', isMore: true, cell: ({ lastEndedAt }) => <MomentOr at={lastEndedAt} /> },
  { id: 'duration', header: 'Duration', isMore: true, cell: ({ durationMs }) => secondsText(durationMs) },
  { id: 'handled', header: 'Items', isMore: true, cell: ({ handled }) => handled ?? '–' },
  {
    id: 'error',
    header: 'Last error',
    minWidth: 120,
    isMore: true,
    cell: ({ lastError, lastErrorAt }) =>
      lastError === null || lastErrorAt === null ? (
        '–'
      ) : (
        <>
          <Moment at={lastErrorAt} />
          <LongText text={lastError} />
        </>
      ),
  },
];

/** What the portal does by the clock, and what became of it last. */
const UpkeepPage = () => {
  const shown = useShownColumns(COLUMNS);
  const upkeep = useRead('listUpkeep', {}, { isLive: ({ items }) => items.some(({ running }) => running > 0) });
  return (
    <Page title="Upkeep" description="What the portal does by the clock. An alarm rings if the clock itself stops.">
      <Loaded query={upkeep} what="the upkeep">
        {({ items }) => (
          <Table
            wrapLines
            items={items}
            columnDefinitions={shown}
            trackBy={({ task }) => task}
            ariaLabels={{ tableLabel: 'Periodic tasks' }}
          />
        )}
      </Loaded>
    </Page>
  );
};

export default UpkeepPage;

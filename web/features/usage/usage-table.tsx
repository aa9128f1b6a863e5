import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import { EmptyState } from '../../components/empty-state.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { NAME_WIDTH, type Column } from '../../components/paged-table.tsx';
import { moneyText } from '../../lib/amounts.ts';
import { useNarrow } from '../../lib/use-media.ts';

export interface UsageLine {
  /** Unique in the table. */
  readonly key: string;
  readonly name: ReactNode;
  readonly clusters: number;
  readonly sessions: number;
  readonly runs: number;
  readonly hours: number;
  readonly instanceHours: number;
  readonly normalizedInstanceHours: number;
  readonly cost: number;
}

const hoursText = (hours: number): string => hours.toLocaleString('en', { maximumFractionDigits: 1 });

const columnsFor = (first: string, currency: string): readonly Column<UsageLine>[] => [
  {
    id: 'name',
    header: first,
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ name, clusters, sessions, runs }) => (
      <>
        {name}
        <OnPhones>
          {clusters} clusters, {sessions} sessions, {runs} runs
        </OnPhones>
      </>
    ),
  },
  { id: 'clusters', header: 'Clusters', isExtra: true, cell: ({ clusters }) => clusters },
  { id: 'sessions', header: 'Sessions', isExtra: true, cell: ({ sessions }) => sessions },
  { id: 'runs', header: 'Runs', isExtra: true, cell: ({ runs }) => runs },
  { id: 'hours', header: 'Hours', isExtra: true, cell: ({ hours }) => hoursText(hours) },
  {
    id: 'instanceHours',
    header: 'Instance hours',
    isExtra: true,
    cell: ({ instanceHours }) => hoursText(instanceHours),
  },
  {
    id: 'normalizedInstanceHours',
    header: 'Normalized instance hours',
    isExtra: true,
    cell: ({ normalizedInstanceHours }) => hoursText(normalizedInstanceHours),
  },
  { id: 'cost', header: 'Cost', cell: ({ cost }) => moneyText(cost, currency) },
];

interface UsageTableProps {
  readonly title: string;
  /** Heading of the first column. */
  readonly first: string;
  readonly currency: string;
  readonly lines: readonly UsageLine[];
}

/** Counts, hours and cost, a row for each day, person, group or kind. */
export const UsageTable = ({ title, first, currency, lines }: UsageTableProps) => {
  const isNarrow = useNarrow();
  const columns = columnsFor(first, currency);
  return (
    <Table
      wrapLines
      items={lines}
      columnDefinitions={columns.filter(({ isExtra }) => !isNarrow || isExtra !== true)}
      trackBy={({ key }) => key}
      header={<Header>{title}</Header>}
      empty={<EmptyState title="Nothing was used" />}
      ariaLabels={{ tableLabel: title }}
    />
  );
};

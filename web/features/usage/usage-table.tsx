import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import { EmptyState } from '../../components/empty-state.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { NAME_WIDTH, type Column } from '../../components/paged-table.tsx';
import { useShownColumns } from '../../components/shown-columns.tsx';
import { moneyText } from '../../lib/amounts.ts';
import { countsText, hoursText, type Counts } from './usage-words.ts';

/** Key of the line that sums the others up; no name of a day, person or group begins with a blank. */
export const TOTAL = ' total';

export interface UsageLine extends Counts {
  /** Unique in the table. */
  readonly key: string;
  readonly name: ReactNode;
  readonly hours: number;
  readonly instanceHours: number;
  readonly normalizedInstanceHours: number;
  readonly cost: number;
}

/** The cost with its share of the highest one, so that a day or a person that stands out is seen at once. */
const Cost = ({
  cost,
  most,
  currency,
}: {
  readonly cost: number;
  readonly most: number;
  readonly currency: string;
}) => (
  <>
    {moneyText(cost, currency)}
    <div className="atmo-share" style={{ inlineSize: `${most === 0 ? 0 : (100 * cost) / most}%` }} />
  </>
);

/** @param most the highest cost of a line that is not the total; null where bars show it already */
const columnsFor = (first: string, currency: string, most: number | null): readonly Column<UsageLine>[] => [
  {
    id: 'name',
    header: first,
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ name, clusters, sessions, runs }) => (
      <>
        {name}
        <OnPhones>{countsText({ clusters, sessions, runs })}</OnPhones>
      </>
    ),
  },
  { id: 'clusters', header: 'Clusters', isExtra: true, cell: ({ clusters }) => clusters },
  { id: 'sessions', header: 'Sessions', isExtra: true, cell: ({ sessions }) => sessions },
  { id: 'runs', header: 'Runs', isExtra: true, cell: ({ runs }) => runs },
  { id: 'hours', header: 'Hours', isMore: true, cell: ({ hours }) => hoursText(hours) },
  {
    id: 'instanceHours',
    header: 'Instance hours',
    isMore: true,
    cell: ({ instanceHours }) => hoursText(instanceHours),
  },
  {
    id: 'normalizedInstanceHours',
    header: 'Normalized instance hours',
    isMore: true,
    cell: ({ normalizedInstanceHours }) => hoursText(normalizedInstanceHours),
  },
  {
    id: 'cost',
    header: 'Cost',
    minWidth: NAME_WIDTH,
    cell: ({ key, cost }) =>
      key === TOTAL || most === null ? moneyText(cost, currency) : <Cost cost={cost} most={most} currency={currency} />,
  },
];

interface UsageTableProps {
  readonly title: string;
  /** Heading of the first column. */
  readonly first: string;
  readonly currency: string;
  readonly lines: readonly UsageLine[];
  /** Whether bars above the table show the cost already. */
  readonly isDrawn?: boolean;
}

/** Counts, hours and cost, a row for each day, person, group or kind. */
export const UsageTable = ({ title, first, currency, lines, isDrawn = false }: UsageTableProps) => {
  const most = Math.max(0, ...lines.filter(({ key }) => key !== TOTAL).map(({ cost }) => cost));
  const shown = useShownColumns(columnsFor(first, currency, isDrawn ? null : most));
  return (
    <Table
      wrapLines
      items={lines}
      columnDefinitions={shown}
      trackBy={({ key }) => key}
      header={<Header>{title}</Header>}
      empty={<EmptyState title="Nothing was used" />}
      ariaLabels={{ tableLabel: title }}
    />
  );
};

import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { OccurrenceView } from '../../../shared/contract/routes/runs.ts';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { useNow } from '../../lib/use-now.ts';
import { occurrenceDuration, occurrenceReason, outcomeWords } from './occurrence-bars.ts';

const columnsOf = (identifier: string, now: number): TableProps.ColumnDefinition<OccurrenceView>[] => [
  { id: 'at', header: 'Due at', isRowHeader: true, cell: ({ occurrence }) => <Moment at={occurrence} /> },
  { id: 'outcome', header: 'Outcome', cell: outcomeWords },
  { id: 'duration', header: 'Duration', cell: (one) => occurrenceDuration(one, now) ?? '–' },
  {
    id: 'run',
    header: 'Run',
    cell: ({ runId, number }) =>
      runId === null ? '–' : <PageLink to={PAGES.run(identifier, runId)}>{`Run ${number}`}</PageLink>,
  },
  { id: 'reason', header: 'Reason', cell: (one) => occurrenceReason(one) ?? '–' },
];

/** The same occurrences as text. */
export const OccurrenceTable = ({
  identifier,
  items,
}: {
  readonly identifier: string;
  readonly items: readonly OccurrenceView[];
}) => {
  const [isOpen, setIsOpen] = useState(false);
  const now = useNow();
  return (
    <ExpandableSection
      headerText="The occurrences as a table"
      expanded={isOpen}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
    >
      {isOpen && (
        <Table
          variant="embedded"
          wrapLines
          items={items}
          trackBy="occurrence"
          ariaLabels={{ tableLabel: 'Occurrences' }}
          columnDefinitions={columnsOf(identifier, now)}
        />
      )}
    </ExpandableSection>
  );
};

import Box from '@cloudscape-design/components/box';

import type { AuditEntryView } from '../../../shared/contract/routes/admin-audit.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { IdToCopy } from '../../components/id-to-copy.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { Page } from '../../components/page.tsx';
import { NAME_WIDTH, PagedTable, type Column } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useRead } from '../../lib/use-route.ts';
import { AuditFilters, useAuditFilter } from './audit-filters.tsx';
import { AuditedObjectLink, namesIn } from './audited-object-link.tsx';

const valueText = (value: AuditEntryView['detail'][string]): string => {
  if (value === null) return 'none';
  return Array.isArray(value) ? value.join(', ') || 'none' : String(value);
};

const Detail = ({ detail }: Pick<AuditEntryView, 'detail'>) => (
  <Box fontSize="body-s">
    <Name
      text={Object.entries(detail)
        .map(([name, value]) => `${name}: ${valueText(value)}`)
        .join(' · ')}
    />
  </Box>
);

const columnsWith = (names: ReadonlyMap<string, string>): readonly Column<AuditEntryView>[] => [
  {
    id: 'at',
    header: 'When',
    isExtra: true,
    cell: ({ at }) => (
      <span className="atmo-audit-whole">
        <Moment at={at} />
      </span>
    ),
  },
  {
    id: 'actor',
    header: 'Who',
    isRowHeader: true,
    minWidth: 96,
    cell: ({ actor, at }) => (
      <>
        <Name text={actor} />
        <OnPhones>
          <Box fontSize="body-s">
            <Moment at={at} />
          </Box>
        </OnPhones>
      </>
    ),
  },
  {
    id: 'action',
    header: 'Action',
    cell: ({ action, object }) => (
      <>
        <span className="atmo-whole">{action}</span>
        <OnPhones>
          <AuditedObjectLink object={object} names={names} />
        </OnPhones>
      </>
    ),
  },
  {
    id: 'object',
    header: 'Object',
    isExtra: true,
    minWidth: NAME_WIDTH,
    cell: ({ object }) => <AuditedObjectLink object={object} names={names} />,
  },
  { id: 'detail', header: 'Detail', isMore: true, minWidth: 200, cell: ({ detail }) => <Detail detail={detail} /> },
  { id: 'sourceIp', header: 'From', isMore: true, cell: ({ sourceIp }) => sourceIp ?? '–' },
  {
    id: 'requestId',
    header: 'Request',
    isMore: true,
    minWidth: 120,
    cell: ({ requestId }) => (
      <Box fontSize="body-s">
        <div className="atmo-id-column">
          <IdToCopy what="request id" text={requestId} />
        </div>
      </Box>
    ),
  },
];

const AuditPage = () => {
  const { filter, show, request } = useAuditFilter();
  const pages = usePages(JSON.stringify(request));
  const entries = useRead('listAudit', { ...request, cursor: pages.cursor }, { keepPrevious: true });
  const isShort = entries.data?.items.length === 0 && entries.data.cursor !== null;
  return (
    <Page
      title="Audit trail"
      description="Who did what to which object, written before it was done, and kept for a year. Times are UTC."
    >
      <PagedTable
        name="entries"
        query={entries}
        pages={pages}
        columns={columnsWith(namesIn(entries.data?.items ?? []))}
        trackBy={({ requestId, action, object }) => `${requestId} ${action} ${object.kind} ${object.id}`}
        filter={<AuditFilters filter={filter} show={show} />}
        empty={
          <EmptyState
            title={isShort ? 'Nothing among the entries read so far' : 'No entries like this'}
            {...(isShort ? { text: 'Turn to the next page to read on, or narrow the search by time.' } : {})}
          />
        }
      />
    </Page>
  );
};

export default AuditPage;

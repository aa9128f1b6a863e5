import { useState } from 'react';

import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useSort } from '../../components/use-sort.ts';
import { useChange, useRead } from '../../lib/use-route.ts';
import { sessionColumns } from '../sessions/session-columns.tsx';
import { BulkAction } from './bulk-action.tsx';
import { ListFilters, useListFilter } from './list-filters.tsx';

const STATUSES = ['active', 'ended', 'all'] as const;

const AllSessionsPage = () => {
  const { filter, request, show } = useListFilter(STATUSES, 'active');
  const columns = sessionColumns({ ended: filter.status === 'ended', owners: true });
  const { sort, sorting } = useSort(columns, '-createdAt');
  const pages = usePages(JSON.stringify([request, filter.status, sort]));
  const [selected, setSelected] = useState<SessionView[]>([]);
  const terminate = useChange('terminateSessions', { outdates: ['listAllSessions'] });
  const sessions = useRead(
    'listAllSessions',
    { ...request, status: filter.status, sort, cursor: pages.cursor },
    { keepPrevious: true, isLive: ({ items }) => items.some(({ isActive }) => isActive) },
  );
  return (
    <Page
      title="All sessions"
      description="Sessions of everybody."
      actions={
        <BulkAction
          label="Terminate"
          noun="session"
          chosen={selected.map(({ id, name }) => ({ id, name }))}
          effect="The sessions end at once, with what runs in them."
          act={(ids) => terminate.mutateAsync({ ids })}
          onDone={() => setSelected([])}
        />
      }
    >
      <PagedTable
        name="sessions"
        query={sessions}
        pages={pages}
        columns={columns}
        sorting={sorting}
        trackBy={({ id }) => id}
        selection={{ selected, onChange: setSelected }}
        filter={
          <ListFilters
            name="sessions"
            placeholder="Name or owner"
            filter={filter}
            statuses={STATUSES}
            withRelease
            show={show}
          />
        }
        empty={<EmptyState title="No sessions like this" />}
      />
    </Page>
  );
};

export default AllSessionsPage;

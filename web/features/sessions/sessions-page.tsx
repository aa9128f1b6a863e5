import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSearchParams } from 'react-router';

import { EmptyState } from '../../components/empty-state.tsx';
import { PageButton } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { SearchField, useSearch } from '../../components/search-field.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useSort } from '../../components/use-sort.ts';
import { useMe } from '../../lib/me.ts';
import { useRead } from '../../lib/use-route.ts';
import { sessionColumns } from './session-columns.tsx';

const STATUSES = ['active', 'ended', 'all'] as const;
type Status = (typeof STATUSES)[number];

const TITLES: Readonly<Record<Status, string>> = { active: 'Active', ended: 'Ended', all: 'All' };

const EMPTY: Readonly<Record<Status, string>> = {
  active: 'No active sessions',
  ended: 'No ended sessions',
  all: 'No sessions yet',
};

const LISTS = [
  { value: 'any', label: 'Mine and shared with me' },
  { value: 'mine', label: 'Mine' },
  { value: 'shared', label: 'Shared with me' },
  { value: 'all', label: 'Everybody’s' },
] as const;

const SessionsPage = () => {
  const { id: myId, permissions } = useMe();
  const [parameters, setParameters] = useSearchParams();
  const status = STATUSES.find((known) => known === parameters.get('status')) ?? 'active';
  const lists = LISTS.filter(({ value }) => value !== 'all' || permissions.includes('administer'));
  const list = lists.find(({ value }) => value === parameters.get('owner')) ?? LISTS[0];
  const owner = list.value === 'any' ? undefined : list.value;
  const search = useSearch();
  const { query } = search;
  const ended = status === 'ended';
  const { sort, sorting } = useSort(sessionColumns({ ended, owners: true }), '-createdAt');
  const pages = usePages(`${status} ${list.value} ${query} ${sort}`);
  const sessions = useRead(
    'listSessions',
    { status, owner, query, sort, cursor: pages.cursor },
    { isLive: ({ items }) => items.some(({ isActive }) => isActive) },
  );
  const owners = sessions.data?.items.some(({ ownerId }) => ownerId !== myId) ?? owner === 'all';
  const show = (change: Record<string, string>): void =>
    setParameters({ ...Object.fromEntries(parameters), ...change }, { replace: true });
  return (
    <Page
      title="Sessions"
      description="Spark for the notebook on your own machine: no key, no SSH, ready in a minute or two."
      actions={
        <PageButton to="/new/session" variant="primary">
          Start a session
        </PageButton>
      }
    >
      <PagedTable
        name="sessions"
        query={sessions}
        pages={pages}
        columns={sessionColumns({ ended, owners })}
        sorting={sorting}
        trackBy={({ id }) => id}
        filter={
          <SpaceBetween direction="horizontal" size="l" alignItems="center">
            <SegmentedControl
              label="Which sessions"
              selectedId={status}
              options={STATUSES.map((id) => ({ id, text: TITLES[id] }))}
              onChange={({ detail }) => show({ status: detail.selectedId })}
            />
            <Select
              ariaLabel="Whose sessions"
              selectedOption={list}
              options={lists}
              onChange={({ detail }) => show({ owner: detail.selectedOption.value ?? 'any' })}
            />
            <SearchField name="sessions" search={search} total={sessions.data?.total} />
          </SpaceBetween>
        }
        empty={
          <EmptyState
            title={
              query === undefined
                ? owner === 'shared'
                  ? 'No such sessions are shared with you'
                  : EMPTY[status]
                : `No sessions match “${query}”`
            }
            action={ended ? undefined : <PageButton to="/new/session">Start a session</PageButton>}
          />
        }
      />
    </Page>
  );
};

export default SessionsPage;

import { lazy, Suspense } from 'react';

import { EmptyState } from '../../components/empty-state.tsx';
import { PageButton } from '../../components/links.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Loading } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useChoice, useListView } from '../../components/use-list-view.ts';
import { useTotal } from '../../components/use-total.ts';
import { useWhose } from '../../components/use-whose.ts';
import { useMe } from '../../lib/me.ts';
import { useRead } from '../../lib/use-route.ts';
import { sessionColumns } from './session-columns.tsx';

const SessionRowActions = lazy(() => import('./session-actions.tsx'));

const SORTABLE = [true, false].flatMap((ended) => sessionColumns({ ended, owners: true }));

const SessionsPage = () => {
  const { id: myId, permissions } = useMe();
  const status = useChoice('status', 'Which sessions', [
    { value: 'active', label: 'Active' },
    { value: 'ended', label: 'Ended' },
    { value: 'all', label: 'All' },
  ]);
  const { whose, owner } = useWhose('Whose sessions', permissions.includes('administer'));
  const view = useListView(SORTABLE, '-createdAt', [status, whose]);
  const shown = status.chosen.value;
  const request = { ...view.request, status: shown, owner };
  const sessions = useRead('listSessions', request, {
    keepPrevious: true,
    isLive: ({ items }) => items.some(({ isActive }) => isActive),
  });
  const owners = sessions.data?.items.some(({ ownerId }) => ownerId !== myId) ?? owner === 'all';
  const word = shown === 'all' ? '' : `${shown} `;
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
      <ListTable
        nouns={['session', 'sessions']}
        query={sessions}
        total={useTotal('listSessions', request, sessions.data)}
        view={view}
        choices={[status, whose]}
        columns={sessionColumns({ ended: shown === 'ended', owners })}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        renderActions={(session) => (
          <Suspense fallback={<Loading what="the actions" />}>
            <SessionRowActions session={session} />
          </Suspense>
        )}
        empty={
          <EmptyState
            title={owner === 'shared' ? `No ${word}sessions are shared with you` : `No ${word}sessions`}
            action={shown === 'ended' ? undefined : <PageButton to="/new/session">Start a session</PageButton>}
          />
        }
      />
    </Page>
  );
};

export default SessionsPage;

import { useChange, useRead } from '../../lib/use-route.ts';
import { sessionColumns } from '../sessions/session-columns.tsx';
import { BulkAction } from './bulk-action.tsx';
import { BulkListPage, useBulkList } from './bulk-list-page.tsx';

const STATUSES = ['active', 'ended', 'all'] as const;

const AllSessionsPage = () => {
  const list = useBulkList(STATUSES, 'active', (status) => sessionColumns({ ended: status === 'ended', owners: true }));
  const sessions = useRead('listAllSessions', list.request, {
    keepPrevious: true,
    isLive: ({ items }) => items.some(({ isActive }) => isActive),
  });
  const terminate = useChange('terminateSessions', { outdates: ['listAllSessions'] });
  return (
    <BulkListPage
      nouns={['session', 'sessions']}
      searches="Name or owner"
      list={list}
      query={sessions}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      renderActions={(chosen) => (
        <BulkAction
          {...chosen}
          label="Terminate"
          effect="The sessions end at once, with what runs in them."
          act={(ids) => terminate.mutateAsync({ ids })}
        />
      )}
    />
  );
};

export default AllSessionsPage;

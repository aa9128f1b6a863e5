import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, type ReactNode } from 'react';
import { useParams } from 'react-router';

import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { PageButton } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { TimeLeft } from '../../components/time-left.tsx';
import { send } from '../../lib/api.ts';
import { useMe } from '../../lib/me.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSparkUi } from '../spark-ui/use-spark-ui.tsx';
import { ConnectionPanel } from './connection-panel.tsx';
import { ExtendSession } from './extend-session.tsx';
import { SessionNotice } from './session-notice.tsx';
import { SessionState, sessionStateWords } from './session-state.tsx';
import { SessionSummary } from './session-summary.tsx';
import { TerminateSession } from './terminate-session.tsx';

const SessionSharing = lazy(() => import('../sharing/session-sharing.tsx'));

interface SessionActionsProps {
  readonly session: SessionView;
  readonly sparkUi: ReactNode;
}

const SessionActions = ({ session, sparkUi }: SessionActionsProps) => (
  <SpaceBetween direction="horizontal" size="xs">
    {sparkUi}
    <PageButton to={`/new/session?like=${encodeURIComponent(session.id)}`}>Start one like this</PageButton>
    {session.isActive && session.termination === null && session.permissions.includes('manage') && (
      <>
        <ExtendSession session={session} />
        <TerminateSession session={session} />
      </>
    )}
  </SpaceBetween>
);

/** The most important facts of an active session, at the top. */
const Glance = ({ session }: { readonly session: SessionView }) => (
  <SpaceBetween direction="horizontal" size="s">
    <SessionState session={session} />
    {session.isActive && (
      <span>
        <TimeLeft of={session} /> left
      </span>
    )}
  </SpaceBetween>
);

const SessionPage = () => {
  const { id = '' } = useParams();
  const { id: myId } = useMe();
  const query = useRead('getSession', { id }, { isLive: ({ isActive }) => isActive });
  const sparkUi = useSparkUi(() => send('openSessionSparkUi', { id }));
  return (
    <Loaded query={query} what="the session" isPage>
      {(session) => (
        <Page
          title={session.name}
          live={`The session is: ${sessionStateWords(session)[1]}`}
          parent={{ text: 'Sessions', to: '/sessions' }}
          description={<Glance session={session} />}
          actions={<SessionActions session={session} sparkUi={sparkUi.button} />}
        >
          {sparkUi.problem}
          <SessionNotice session={session} />
          {session.isActive && session.ownerId === myId && <ConnectionPanel session={session} />}
          <SessionSummary session={session} />
          <Suspense fallback={<Loading what="with whom this is shared" />}>
            <SessionSharing session={session} />
          </Suspense>
        </Page>
      )}
    </Loaded>
  );
};

export default SessionPage;

import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';

import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { ConnectionPanel } from '../../components/connection-panel.tsx';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useMayNotify, useReadyNotification } from '../../components/ready-notification.tsx';
import { TimeLeft } from '../../components/time-left.tsx';
import { send } from '../../lib/api.ts';
import { useMe } from '../../lib/me.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSparkUi } from '../spark-ui/use-spark-ui.tsx';
import { ExtendIfManaged, SessionActions } from './session-actions.tsx';
import { SessionNotice } from './session-notice.tsx';
import { SessionState, sessionStateWords } from './session-state.tsx';
import { SessionStart, isStarting } from './session-start.tsx';
import { SessionSummary } from './session-summary.tsx';

const SessionSharing = lazy(() => import('../sharing/session-sharing.tsx'));

/** The most important facts of an active session, at the top. */
const Glance = ({ session }: { readonly session: SessionView }) => (
  <SpaceBetween direction="horizontal" size="s" alignItems="center">
    <SessionState session={session} />
    {session.isActive && (
      <span>
        <TimeLeft of={session} /> left
      </span>
    )}
    <ExtendIfManaged session={session} />
  </SpaceBetween>
);

const SESSIONS = { text: 'Sessions', to: '/sessions' };

const SessionPage = () => {
  const { id = '' } = useParams();
  const { id: myId } = useMe();
  const query = useRead('getSession', { id }, { isLive: ({ isActive }) => isActive, inBackground: useMayNotify() });
  const { data } = query;
  useReadyNotification(
    data?.name ?? '',
    data === undefined ? undefined : isStarting(data),
    data === undefined ? '' : sessionStateWords(data)[1],
  );
  const sparkUi = useSparkUi(() => send('openSessionSparkUi', { id }));
  return (
    <Loaded query={query} what="the session" page={{ title: 'Session', parent: SESSIONS }}>
      {(session) => (
        <Page
          title={session.name}
          tab={sessionStateWords(session)[1]}
          live={`The session is: ${sessionStateWords(session)[1]}`}
          parent={SESSIONS}
          description={<Glance session={session} />}
          actions={<SessionActions session={session}>{sparkUi.button}</SessionActions>}
        >
          {sparkUi.problem}
          <SessionNotice session={session} />
          {isStarting(session) && <SessionStart session={session} />}
          <div className="atmo-pair-of-parts">
            {session.isActive && session.ownerId === myId && (
              <ConnectionPanel
                isReady={session.isReady}
                sparkVersion={session.sparkVersion}
                pythonVersion={session.pythonVersion}
                noun="session"
                connect={(signal) => send('connectSession', { id }, signal)}
              />
            )}
            <div className="atmo-facts">
              <SessionSummary session={session} />
            </div>
            <Suspense fallback={<Loading what="with whom this is shared" />}>
              <SessionSharing session={session} />
            </Suspense>
          </div>
        </Page>
      )}
    </Loaded>
  );
};

export default SessionPage;

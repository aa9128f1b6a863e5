import { useEffect, useRef } from 'react';

import { Loading } from '../components/loaded.tsx';
import { Failure } from '../components/failure.tsx';
import { isStatus } from '../lib/api-error.ts';
import { SignedIn } from '../lib/me.ts';
import { useRead } from '../lib/use-route.ts';
import { Shell } from './shell.tsx';
import { SessionOver } from './session-over.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** Milliseconds; announcements and new releases need not be noticed faster. */
const FRESH = 60_000;

/** Nothing that one person read may be on the screen of the next. */
const useOneUser = (username: string | undefined): void => {
  const first = useRef(username);
  useEffect(() => {
    first.current ??= username;
    if (username !== undefined && first.current !== username) location.reload();
  }, [username]);
};

/** Asks who is signed in: nobody sees the sign-in page, somebody the portal, also when the session ends meanwhile. */
export const Session = () => {
  const { data: me, error, refetch } = useRead('getMe', {}, { isLive: () => false, staleTime: FRESH });
  const isOver = isStatus(error, 401);
  useOneUser(me?.username);
  if (me !== undefined)
    return (
      <SignedIn value={me}>
        <Shell />
        {isOver && <SessionOver onReturn={() => void refetch()} />}
      </SignedIn>
    );
  if (isOver) return <SignInPage />;
  return (
    <main className="atmo-main">
      {error === null ? <Loading what="ATMO" /> : <Failure error={error} retry={() => void refetch()} />}
    </main>
  );
};

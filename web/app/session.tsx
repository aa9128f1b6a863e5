import { useEffect, useRef } from 'react';

import { Loading } from '../components/loaded.tsx';
import { Failure } from '../components/failure.tsx';
import { isStatus } from '../lib/api-error.ts';
import { SignedIn } from '../lib/me.ts';
import { useRead } from '../lib/use-route.ts';
import { Shell } from './shell.tsx';
import { SessionOver } from './session-over.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** Milliseconds between two checks, fast enough for announcements and new releases. */
const FRESH = 60_000;

/** Empties the cache when another person signs in, so that they see nothing of the person before. */
const useOneUser = (username: string | undefined): void => {
  const first = useRef(username);
  useEffect(() => {
    first.current ??= username;
    if (username !== undefined && first.current !== username) location.reload();
  }, [username]);
};

/** Shows the portal to a person who is signed in and the sign-in page otherwise, also when the session ends meanwhile. */
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

import { Loading } from '../components/loaded.tsx';
import { Failure } from '../components/failure.tsx';
import { isStatus } from '../lib/api-error.ts';
import { SignedIn } from '../lib/me.ts';
import { useRead } from '../lib/use-route.ts';
import { Shell } from './shell.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** Milliseconds; announcements and new releases need not be noticed faster. */
const FRESH = 60_000;

/** Asks who is signed in: nobody sees the sign-in page, somebody the portal. */
export const Session = () => {
  const { data: me, error, refetch } = useRead('getMe', {}, { isLive: () => false, staleTime: FRESH });
  if (isStatus(error, 401)) return <SignInPage />;
  if (me !== undefined)
    return (
      <SignedIn value={me}>
        <Shell />
      </SignedIn>
    );
  return (
    <main className="atmo-main">
      {error === null ? <Loading what="ATMO" /> : <Failure error={error} retry={() => void refetch()} />}
    </main>
  );
};

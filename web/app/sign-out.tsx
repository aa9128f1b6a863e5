import { routePaths } from '../lib/route-paths.ts';
import { useMe } from '../lib/me.ts';

/** A form, not a fetch: signing out goes on to the identity provider, which ends its own session. */
export const SignOut = () => {
  const { username, email } = useMe();
  const { method, path } = routePaths.signOut;
  return (
    <form method={method} action={path} className="atmo-sign-out">
      <span title={email}>{username}</span>
      <button type="submit">Sign out</button>
    </form>
  );
};

import { routePaths } from '../lib/route-paths.ts';

/** A form, not a fetch: signing out goes on to the identity provider, which ends its own session. */
export const SignOut = () => {
  const { method, path } = routePaths.signOut;
  return (
    <form method={method} action={path}>
      <button type="submit">Sign out</button>
    </form>
  );
};

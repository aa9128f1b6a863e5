import type { UserDirectory } from '../../functions/ports/user-directory.ts';
import type { ProviderUser } from '../../shared/domain/leavers.ts';

/** An identity provider's users; what is in `failures` is thrown first. */
export const fakeUserDirectory = (...ids: readonly string[]) => {
  const users = new Map<string, ProviderUser>(ids.map((id) => [id, { id, isEnabled: true }]));
  const failures: Error[] = [];
  const fail = (): void => {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
  };
  const directory: UserDirectory = {
    async users() {
      fail();
      return [...users.values()];
    },
    async find(id) {
      fail();
      return users.get(id) ?? null;
    },
  };
  return { directory, users, failures, disable: (id: string) => users.set(id, { id, isEnabled: false }) };
};

import type { HomeDirectories, MountedHome } from '../../functions/ports/home-directories.ts';
import type { Clock } from '../../functions/runtime/clock.ts';

/** Homes in memory, which can be made to fail. */
export const fakeHomeDirectories = (clock: Clock, { keepsHomes = true } = {}) => {
  const homes = new Map<string, MountedHome>();
  const failures: Error[] = [];
  const unmounted: string[] = [];
  const directories: HomeDirectories = {
    async homeOf(ownerId) {
      const error = failures.shift();
      if (error !== undefined) throw error;
      if (!keepsHomes) return null;
      homes.set(ownerId, { id: `fs-${ownerId}`, personKey: ownerId, lastUsedAt: clock.now() });
      return { 'subnet-1': `10.0.0.${[...homes.keys()].indexOf(ownerId) + 1}` };
    },
    async mounted() {
      return [...homes.values()].filter(({ id }) => !unmounted.includes(id));
    },
    async unmount({ id }) {
      const error = failures.shift();
      if (error !== undefined) throw error;
      unmounted.push(id);
    },
    atMost: keepsHomes ? 200 : null,
    keyOf: (ownerId) => ownerId,
  };
  return { ...directories, homes, failures, unmounted };
};

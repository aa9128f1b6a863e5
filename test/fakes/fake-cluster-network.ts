import type { ClusterNetwork } from '../../functions/ports/cluster-network.ts';

/** Groups in memory, by person and kind, which can be made to fail. */
export const fakeClusterNetwork = () => {
  const made = new Map<string, string>();
  const failures: Error[] = [];
  const network: ClusterNetwork = {
    async groupsOf(ownerId, kind) {
      const error = failures.shift();
      if (error !== undefined) throw error;
      const name = JSON.stringify([ownerId, kind]);
      const nodes = made.get(name) ?? `sg-${made.size + 1}`;
      made.set(name, nodes);
      return { nodes, serviceAccess: null };
    },
  };
  return { ...network, failures };
};

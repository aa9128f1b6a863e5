import type { ClusterProvisioner } from '../../functions/ports/cluster-provisioner.ts';
import type { EmrClusters, ListedCluster } from '../../functions/ports/emr-clusters.ts';
import type { Clock } from '../../functions/runtime/clock.ts';
import { emrName, runTokenIn } from '../../shared/domain/emr-name.ts';
import { isFinalState } from '../../shared/domain/emr-state.ts';

export const ENVIRONMENT = 'test';

/** A cluster's name in EMR; the token alone matters to most tests. */
export const nameWith = (runToken: string, environment = ENVIRONMENT): string =>
  emrName({ environment, kind: 'cluster', username: 'alice', identifier: 'eager-curie-0001', runToken });

/** An EMR in memory: what it holds can be changed at will, and its next answers made to fail. */
export const fakeEmr = (clock: Clock) => {
  const held = new Map<string, ListedCluster>();
  const calls = { launch: 0, list: 0, describe: [] as string[], terminate: [] as (readonly string[])[] };
  const failures: { launch: Error[]; list: Error[]; describe: Error[]; terminate: Error[] } = {
    launch: [],
    list: [],
    describe: [],
    terminate: [],
  };
  const failIfTold = (call: keyof typeof failures): void => {
    const error = failures[call].shift();
    if (error !== undefined) throw error;
  };
  /** Begins a cluster, or changes one. */
  const put = (jobflowId: string, changes: Partial<ListedCluster> = {}): void => {
    const now = clock.now();
    const begun: ListedCluster = {
      jobflowId,
      name: nameWith('0123456789'),
      state: 'STARTING',
      reason: null,
      createdAt: now,
      readyAt: null,
      finishedAt: null,
      masterAddress: null,
      normalizedInstanceHours: null,
      observedAt: now,
    };
    held.set(jobflowId, { ...begun, ...held.get(jobflowId), observedAt: now, ...changes });
  };

  const emr: EmrClusters = {
    async describe(jobflowId) {
      calls.describe.push(jobflowId);
      failIfTold('describe');
      const { name: _, ...seen } = held.get(jobflowId) ?? { name: null };
      return 'state' in seen ? { ...seen, observedAt: clock.now() } : null;
    },
    async list(states, createdAfter = '') {
      calls.list += 1;
      failIfTold('list');
      return [...held.values()]
        .filter(({ state, createdAt }) => states.includes(state) && (createdAt ?? '') > createdAfter)
        .filter(({ name }) => runTokenIn(name, ENVIRONMENT) !== null)
        .map((cluster): ListedCluster => Object.assign({}, cluster, { masterAddress: null, observedAt: clock.now() }));
    },
    async terminate(jobflowIds) {
      calls.terminate.push(jobflowIds);
      failIfTold('terminate');
      for (const id of jobflowIds) {
        const cluster = held.get(id);
        if (cluster !== undefined && !isFinalState(cluster.state)) held.set(id, { ...cluster, state: 'TERMINATING' });
      }
    },
  };

  const provisioner: ClusterProvisioner = {
    async launch({ runToken }) {
      calls.launch += 1;
      failIfTold('launch');
      const jobflowId = `j-${runToken}`;
      put(jobflowId, { name: nameWith(runToken) });
      return jobflowId;
    },
  };

  return { emr, provisioner, held, calls, failures, put };
};

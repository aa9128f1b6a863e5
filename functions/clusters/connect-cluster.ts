import type { Connection } from '../../shared/contract/connection.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { requireConnect } from '../../shared/domain/cluster-session.ts';
import { releaseFacts } from '../../shared/domain/emr-release-facts.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import { makeConnection } from '../workloads/make-connection.ts';
import { sessionOfCluster, type SessionOfClusterDependencies } from './session-of-cluster.ts';

/**
 * Connects the owner's client to the session of the cluster, which the first request starts.
 * @throws NotFound; Forbidden but for the owner; NotReady until the session is started; Conflict where there can be none
 */
export const connectCluster =
  (deps: ClusterLookup & SessionOfClusterDependencies) =>
  async ({ id }: { readonly id: string }, person: Caller): Promise<Connection> => {
    const { cluster } = await permittedCluster(deps, id, person, 'connect');
    const jobflowId = requireConnect(cluster);
    const session = await sessionOfCluster(deps)(cluster, jobflowId, person);
    const { identifier, emrRelease } = cluster;
    const sparkVersion = releaseFacts(emrRelease)?.sparkVersion ?? '';
    const act = { action: 'cluster.connect', object: { kind: 'cluster', id }, detail: { identifier } } as const;
    return makeConnection(deps.clusterSessions, { id: session, sparkVersion }, () =>
      deps.audit.record(actOf(person, act, deps.clock.now())),
    );
  };

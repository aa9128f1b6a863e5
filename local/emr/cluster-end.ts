import { hasEnded, isEnding, type ClusterRecord, type StateChangeReason } from './cluster-record.ts';
import type { ClusterSessions } from './cluster-sessions.ts';
import { enterState, enterStepState, type LifeContext } from './life-context.ts';

// EMR keeps the metadata of ended clusters for two months.
const REMEMBERED_DAYS = 60;

export interface Ending {
  readonly reason: StateChangeReason;
  readonly endState: 'TERMINATED' | 'TERMINATED_WITH_ERRORS';
  readonly at: number;
}

export interface ClusterEnd {
  /** Begins a cluster's end: what has not ended is cancelled. Does nothing when it is ending already. */
  begin(cluster: ClusterRecord, ending: Ending): void;
  /** Completes it, once the processes of its steps and sessions are gone. */
  complete(cluster: ClusterRecord, at: number): void;
  /** Forgets a cluster that ended long ago. */
  expire(cluster: ClusterRecord): void;
}

export const clusterEnd = (context: LifeContext, sessions: ClusterSessions): ClusterEnd => {
  const { alarms, processes, store, timings } = context;

  const finish = (cluster: ClusterRecord, at: number): void => {
    if (context.closing || hasEnded(cluster)) return;
    cluster.endedAt = at;
    alarms.set(cluster, { kind: 'expired', at: at + REMEMBERED_DAYS * 86_400_000, stepId: null });
    enterState(context, cluster, { state: cluster.endState ?? 'TERMINATED', reason: cluster.reason, at });
  };

  return {
    begin(cluster, { reason, endState, at }) {
      if (isEnding(cluster)) return;
      alarms.clear(cluster);
      cluster.endState = endState;
      cluster.waitingSince = null;
      for (const step of cluster.steps) {
        if (step.state !== 'PENDING' && step.state !== 'RUNNING') continue;
        enterStepState(context, cluster, step, 'CANCELLED', at);
        processes?.stop(step.id);
      }
      sessions.endAll(cluster, at);
      alarms.set(cluster, { kind: 'terminated', at: at + timings.terminateSeconds * 1000, stepId: null });
      enterState(context, cluster, { state: 'TERMINATING', reason, at });
    },

    complete(cluster, at) {
      const busy = cluster.steps.map(({ id }) => id).filter((id) => processes?.isRunning(id) === true);
      if (busy.length === 0 && !sessions.areRunning(cluster)) finish(cluster, at);
      else void Promise.all([processes?.gone(busy), sessions.gone(cluster)]).then(() => finish(cluster, Date.now()));
    },

    expire(cluster) {
      sessions.forget(cluster);
      store.remove(cluster.id);
    },
  };
};

import { clusterEnd } from './cluster-end.ts';
import type { Alarm, ClusterRecord, StepRecord } from './cluster-record.ts';
import type { ClusterSessions } from './cluster-sessions.ts';
import { clusterStart } from './cluster-start.ts';
import { clusterSteps } from './cluster-steps.ts';
import { planFailure } from './faults.ts';
import { newClusterId, newStepId } from './identifiers.ts';
import { requestedInstanceSets } from './instance-sets.ts';
import type { LaunchRequest, StepConfig } from './launch-request.ts';
import { enterState, enterStepState, type LifeContext } from './life-context.ts';

/** What can be done with clusters; the rest happens to them by itself. Times are now. */
export interface ClusterLife {
  launch(request: LaunchRequest): ClusterRecord;
  terminate(cluster: ClusterRecord): void;
  capacityReturned(): void;
  /** Takes up the lives of all clusters of the store, overdue things first. */
  resume(): void;
}

const newStep = (config: StepConfig, at: number): StepRecord => ({
  id: newStepId(),
  config,
  state: 'PENDING',
  createdAt: at,
  startedAt: null,
  endedAt: null,
  failure: null,
  failurePlanned: false,
});

const newCluster = (request: LaunchRequest, sequence: number, at: number): ClusterRecord => ({
  id: newClusterId(),
  sequence,
  request,
  tags: Object.fromEntries(request.Tags.map(({ Key, Value }) => [Key, Value])),
  state: 'STARTING',
  reason: { code: null, message: null },
  createdAt: at,
  readyAt: null,
  endedAt: null,
  waitingSince: null,
  masterPublicDnsName: null,
  idleTimeoutSeconds: request.AutoTerminationPolicy?.IdleTimeout ?? null,
  instanceSets: requestedInstanceSets(request),
  steps: [],
  alarms: [],
  plannedFailure: null,
  endState: null,
  forgotten: false,
});

/** The step that `failNext: STEP_FAILURE` hits: one that ends the cluster when there is one, the last of those. */
const planStepFailure = (cluster: ClusterRecord, added: readonly StepRecord[]): void => {
  if (cluster.plannedFailure !== 'STEP_FAILURE') return;
  const victim = added.findLast(({ config }) => config.ActionOnFailure.startsWith('TERMINATE')) ?? added.at(-1);
  if (victim === undefined) return;
  victim.failurePlanned = true;
  cluster.plannedFailure = null;
};

/** The life of clusters: what EMR does with them between a launch and the end. */
export const clusterLife = (context: LifeContext, sessions: ClusterSessions): ClusterLife => {
  const { alarms, faults, store, timings } = context;
  const end = clusterEnd(context, sessions);
  const steps = clusterSteps(context, end);
  const start = clusterStart(context, steps, end);

  const addSteps = (cluster: ClusterRecord, at: number): void => {
    const added = cluster.request.Steps.map((config) => newStep(config, at));
    planStepFailure(cluster, added);
    cluster.steps.push(...added);
    for (const step of added) enterStepState(context, cluster, step, 'PENDING', at);
  };

  const idleTooLong = (cluster: ClusterRecord, at: number): void => {
    const seconds = cluster.idleTimeoutSeconds ?? 0;
    if (sessions.areLive(cluster)) {
      // A session is an application of YARN: EMR looks again.
      alarms.set(cluster, { kind: 'idle', at: at + seconds * 1000, stepId: null });
      store.save(cluster);
      return;
    }
    const message = `Cluster auto-terminated after being idle for ${seconds} seconds`;
    end.begin(cluster, { reason: { code: 'USER_REQUEST', message }, endState: 'TERMINATED', at });
  };

  const onAlarm = (cluster: ClusterRecord, { kind, at, stepId }: Alarm): void => {
    const actions: Record<Alarm['kind'], () => void> = {
      started: () => start.started(cluster, at),
      spotTimedOut: () => start.spotTimedOut(cluster, at),
      bootstrapped: () => start.bootstrapped(cluster, at),
      stepEnded: () => steps.timeOver(cluster, stepId, at),
      idle: () => idleTooLong(cluster, at),
      terminated: () => end.complete(cluster, at),
      expired: () => end.expire(cluster),
    };
    actions[kind]();
  };

  return {
    launch(request) {
      const at = Date.now();
      const cluster = newCluster(request, store.nextSequence(), at);
      planFailure(faults, cluster);
      alarms.set(cluster, { kind: 'started', at: at + timings.startSeconds * 1000, stepId: null });
      enterState(context, cluster, { state: 'STARTING', reason: cluster.reason, at });
      addSteps(cluster, at);
      return cluster;
    },
    terminate(cluster) {
      const reason = { code: 'USER_REQUEST', message: 'Terminated by user request' } as const;
      end.begin(cluster, { reason, endState: 'TERMINATED', at: Date.now() });
    },
    capacityReturned: () => start.capacityReturned(store.all(), Date.now()),
    resume() {
      const now = Date.now();
      const clusters = store.all().toReversed();
      // What waited for spot capacity, or for a process to go, waits no longer after a restart.
      start.capacityReturned(clusters, now);
      for (const cluster of clusters) {
        const set = cluster.alarms.some(({ kind }) => kind === 'terminated');
        if (cluster.state === 'TERMINATING' && !set) alarms.set(cluster, { kind: 'terminated', at: now, stepId: null });
        if (cluster.state === 'RUNNING') steps.resume(cluster, now);
      }
      alarms.start(clusters, onAlarm);
    },
  };
};

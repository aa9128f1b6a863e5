import type { ClusterEnd } from './cluster-end.ts';
import type { ClusterRecord, PlannedFailure, StateChangeReason } from './cluster-record.ts';
import type { ClusterSteps } from './cluster-steps.ts';
import { masterOf, needsSpotToStart, provision, type SpotSupply } from './instance-sets.ts';
import { enterState, type LifeContext } from './life-context.ts';

export interface ClusterStart {
  /** EC2 was asked for the instances; they come now, or not. */
  started(cluster: ClusterRecord, at: number): void;
  /** A fleet waited for spot capacity as long as it was told to. */
  spotTimedOut(cluster: ClusterRecord, at: number): void;
  /** Spot capacity is available again: waiting clusters continue. */
  capacityReturned(clusters: readonly ClusterRecord[], at: number): void;
  /** The bootstrap actions are done: the cluster is ready. */
  bootstrapped(cluster: ClusterRecord, at: number): void;
}

const ORDERED_FAILURE = 'This failure was ordered by the local control (failNext: BOOTSTRAP_FAILURE).\n';

const failureMessages = (cluster: ClusterRecord): Record<Exclude<PlannedFailure, 'STEP_FAILURE'>, string> => {
  const master = `(${masterOf(cluster)?.ec2Id ?? ''})`;
  const types = [...new Set(cluster.instanceSets.map((set) => set.instanceType))].join(', ');
  return {
    VALIDATION_ERROR: `The requested instance type ${types} is not supported in the requested availability zone.`,
    INTERNAL_ERROR: 'An internal error occurred.',
    BOOTSTRAP_FAILURE: `On the master instance ${master}, bootstrap action 1 returned a non-zero return code`,
    INSTANCE_FAILURE: `The master instance ${master} was terminated by EC2.`,
  };
};

export const clusterStart = (context: LifeContext, steps: ClusterSteps, end: ClusterEnd): ClusterStart => {
  const { alarms, faults, logs, network, place, timings } = context;

  const fail = (cluster: ClusterRecord, code: Exclude<PlannedFailure, 'STEP_FAILURE'>, at: number): void => {
    failWith(cluster, { code, message: failureMessages(cluster)[code] }, at);
  };

  const failWith = (cluster: ClusterRecord, reason: StateChangeReason, at: number): void => {
    end.begin(cluster, { reason, endState: 'TERMINATED_WITH_ERRORS', at });
  };

  const bootstrap = (cluster: ClusterRecord, spot: SpotSupply, at: number): void => {
    provision(cluster, spot, place.region, at);
    alarms.set(cluster, { kind: 'bootstrapped', at: at + timings.bootstrapSeconds * 1000, stepId: null });
    const reason = { code: null, message: 'Running bootstrap actions' };
    enterState(context, cluster, { state: 'BOOTSTRAPPING', reason, at });
  };

  const awaitSpot = (cluster: ClusterRecord): void => {
    const minutes = cluster.instanceSets
      .filter(needsSpotToStart)
      .flatMap(({ spotTimeout }) => (spotTimeout === null ? [] : [spotTimeout.minutes]));
    if (minutes.length === 0) return;
    alarms.set(cluster, {
      kind: 'spotTimedOut',
      at: cluster.createdAt + Math.min(...minutes) * 60_000,
      stepId: null,
    });
    context.store.save(cluster);
  };

  return {
    started(cluster, at) {
      const planned = cluster.plannedFailure;
      const problem = network?.prepare(cluster.request.Instances) ?? null;
      if (planned === 'VALIDATION_ERROR' || planned === 'INTERNAL_ERROR') fail(cluster, planned, at);
      else if (problem !== null) failWith(cluster, { code: 'VALIDATION_ERROR', message: problem }, at);
      else if (!faults.spotShortage) bootstrap(cluster, 'available', at);
      else if (cluster.instanceSets.some(needsSpotToStart)) awaitSpot(cluster);
      else bootstrap(cluster, 'none', at);
    },

    spotTimedOut(cluster, at) {
      const short = cluster.instanceSets.filter(needsSpotToStart);
      const actions = new Set(short.map(({ spotTimeout }) => spotTimeout?.action));
      if (actions.has('TERMINATE_CLUSTER')) {
        const fleets = short.map(({ id }) => id).join(', ');
        const message = `Failed to provision the target Spot capacity of instance fleet ${fleets} before the timeout.`;
        const reason = { code: 'INSTANCE_FLEET_TIMEOUT', message } as const;
        end.begin(cluster, { reason, endState: 'TERMINATED_WITH_ERRORS', at });
      } else if (!actions.has(undefined)) {
        bootstrap(cluster, 'onDemandInstead', at);
      }
    },

    capacityReturned(clusters, at) {
      const waiting = clusters.filter(
        ({ state, alarms: set }) => state === 'STARTING' && !set.some(({ kind }) => kind === 'started'),
      );
      for (const cluster of waiting) {
        alarms.clear(cluster, ({ kind }) => kind === 'spotTimedOut');
        bootstrap(cluster, 'available', at);
      }
    },

    bootstrapped(cluster, at) {
      const planned = cluster.plannedFailure;
      logs.bootstrap(cluster, planned === 'BOOTSTRAP_FAILURE' ? ORDERED_FAILURE : null, at);
      if (planned === 'BOOTSTRAP_FAILURE' || planned === 'INSTANCE_FAILURE') {
        fail(cluster, planned, at);
        return;
      }
      cluster.readyAt = at;
      steps.advance(cluster, at);
    },
  };
};

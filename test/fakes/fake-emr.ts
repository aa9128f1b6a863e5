import type { ClusterLaunch, EmrEngine, Launch, SessionLaunch } from '../../functions/ports/emr-engine.ts';
import type { Clock } from '../../functions/runtime/clock.ts';
import { emrName, runTokenIn } from '../../shared/domain/emr-name.ts';
import { engineStates, phaseOfState, type Engine } from '../../shared/domain/engine.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';

export const ENVIRONMENT = 'test';

/** A cluster's name in EMR; the token alone matters to most tests. */
export const nameWith = (runToken: string, environment = ENVIRONMENT): string =>
  emrName({ environment, kind: 'cluster', username: 'alice', identifier: 'eager-curie-0001', runToken });

/** What EMR holds has a name, from which the run token is read. */
type HeldCluster = Omit<EmrObservation, 'runToken'> & { readonly name: string };

/** An EMR in memory: what it holds can be changed at will, and its next answers made to fail. */
export const fakeEmr = (clock: Clock) => {
  const held = new Map<string, HeldCluster>();
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
  const put = (emrId: string, changes: Partial<HeldCluster> = {}): void => {
    const now = clock.now();
    const begun: HeldCluster = {
      emrId,
      name: nameWith('0123456789'),
      state: 'STARTING',
      reason: null,
      createdAt: now,
      readyAt: null,
      finishedAt: null,
      masterAddress: null,
      normalizedInstanceHours: null,
      billed: null,
      observedAt: now,
    };
    held.set(emrId, { ...begun, ...held.get(emrId), observedAt: now, ...changes });
  };

  const seen = ({ name, ...cluster }: HeldCluster, masterAddress: string | null): EmrObservation => ({
    ...cluster,
    runToken: runTokenIn(name, ENVIRONMENT),
    masterAddress,
    observedAt: clock.now(),
  });

  const engineOf = ({ emrId, name }: HeldCluster): Engine => {
    if (!emrId.includes('/')) return 'cluster';
    return name.startsWith(`atmo-${ENVIRONMENT}-session-`) ? 'connect' : 'serverless';
  };

  const onEngine = (engine: Engine): EmrEngine => ({
    async describe(emrId) {
      calls.describe.push(emrId);
      failIfTold('describe');
      const cluster = held.get(emrId);
      return cluster === undefined ? null : seen(cluster, cluster.masterAddress);
    },
    async list(phases, createdAfter = '') {
      // All are asked: one of them counts.
      if (engine === 'cluster') {
        calls.list += 1;
        failIfTold('list');
      }
      return [...held.values()]
        .filter((cluster) => engineOf(cluster) === engine)
        .filter(
          ({ state, createdAt }) => phases.includes(phaseOfState(engine, state)) && (createdAt ?? '') > createdAfter,
        )
        .filter(({ name }) => runTokenIn(name, ENVIRONMENT) !== null)
        .map((cluster) => seen(cluster, null));
    },
    async terminate(emrIds) {
      calls.terminate.push(emrIds);
      failIfTold('terminate');
      for (const id of emrIds) {
        const cluster = held.get(id);
        if (cluster !== undefined && phaseOfState(engine, cluster.state) !== 'ended')
          held.set(id, { ...cluster, state: engineStates(engine).ending });
      }
    },
  });
  const emr = onEngine('cluster');

  /** Tests may put another `launch` in its place. */
  const launcher: { launch: Launch<ClusterLaunch> } = {
    async launch({ cluster }) {
      const { runToken } = cluster.workload;
      calls.launch += 1;
      failIfTold('launch');
      const emrId = `j-${runToken}`;
      put(emrId, { name: nameWith(runToken) });
      return emrId;
    },
  };
  const launchSession: SessionLaunch = async ({ workload: { runToken }, name, owner }) => {
    calls.launch += 1;
    failIfTold('launch');
    const emrId = `00app/session-${runToken}`;
    put(emrId, {
      name: emrName({ environment: ENVIRONMENT, kind: 'session', username: owner, identifier: name, runToken }),
      state: 'SUBMITTED',
    });
    return emrId;
  };
  const launches = { connect: launchSession, cluster: (order: ClusterLaunch) => launcher.launch(order) };

  return {
    emr,
    engines: { cluster: emr, serverless: onEngine('serverless'), connect: onEngine('connect') },
    launcher,
    launches,
    held,
    calls,
    failures,
    put,
  };
};

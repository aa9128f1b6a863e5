import { phaseOfState, type Engine } from '../../shared/domain/engine.ts';
import { AwsThrottled, EmrRefusedLaunch } from '../../shared/domain/errors.ts';
import { ENVIRONMENT } from '../fakes/fake-emr.ts';
import { emrName } from '../../shared/domain/emr-name.ts';
import type { EmrEngine } from '../../functions/ports/emr-engine.ts';
import { delayOf, endOf, hasEnded, lifeOf, newestStage, sightOf } from './emr-workload.ts';
import type { EmrWorkload, PlannedStage } from './emr-workload.ts';
import type { FaultPlan } from './fault-plan.ts';
import { rateLimit } from './rate-limit.ts';
import type { Random } from './random.ts';
import type { Trace } from './trace.ts';

/** Milliseconds by which a list may lag behind. */
const LIST_LAG = 3 * 60_000;

/** What is asked for when something is launched. */
interface EmrOrder extends Omit<Parameters<typeof emrName>[0], 'environment'> {
  readonly engine: Engine;
}

interface EmrDependencies {
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly trace: Trace;
  /** A workload went to another state. */
  readonly changed: (workload: EmrWorkload) => void;
}

/** EMR and EMR Serverless in simulated time: lives, rate limits, and lists that lag behind. */
export const simulatedEmr = ({ random, plan, trace, changed }: EmrDependencies) => {
  const held = new Map<string, EmrWorkload>();
  const limits = {
    runJobFlow: rateLimit(10, 0.5),
    startJobRun: rateLimit(25, 1),
    describe: rateLimit(10, 1),
    list: rateLimit(20, 0.5),
    terminate: rateLimit(10, 0.5),
  };
  /** Calls that EMR itself throttled, by name. */
  const throttled: Record<keyof typeof limits, number> = {
    runJobFlow: 0,
    startJobRun: 0,
    describe: 0,
    list: 0,
    terminate: 0,
  };
  let started = 0;

  const take = (name: keyof typeof limits): void => {
    if (limits[name]()) return;
    throttled[name] += 1;
    trace('world', () => `EMR throttles ${name}`);
    throw new AwsThrottled('EMR is busy.');
  };

  const enter = (workload: EmrWorkload, { state, reason }: PlannedStage): void => {
    if (hasEnded(workload)) return;
    workload.stages.push({ state, reason, at: Date.now() });
    trace('world', () => `EMR ${workload.name} ${workload.emrId} is ${state}`);
    changed(workload);
  };

  const live = async (workload: EmrWorkload, stages: readonly PlannedStage[], isEnd: boolean): Promise<void> => {
    for (const stage of stages) {
      await new Promise<void>((resolve) => setTimeout(resolve, delayOf(stage)));
      if (workload.isEnding !== isEnd) return;
      enter(workload, stage);
    }
  };

  const launch = (order: EmrOrder): string => {
    const { engine, runToken } = order;
    const known = [...held.values()].find((workload) => workload.engine === engine && workload.runToken === runToken);
    if (engine !== 'cluster' && known !== undefined) return known.emrId;
    take(engine === 'cluster' ? 'runJobFlow' : 'startJobRun');
    if (!plan.isCalm() && random.chance(0.02)) throw new EmrRefusedLaunch('EMR refuses this in the simulation.');
    started += 1;
    const emrId = engine === 'cluster' ? `j-${started}` : `00app/${started}`;
    const workload: EmrWorkload = {
      emrId,
      engine,
      name: emrName({ environment: ENVIRONMENT, ...order }),
      runToken,
      stages: [{ state: engine === 'cluster' ? 'STARTING' : 'SUBMITTED', reason: null, at: Date.now() }],
      isEnding: false,
    };
    held.set(emrId, workload);
    trace('world', () => `EMR takes ${workload.name} as ${emrId}`);
    void live(workload, lifeOf(engine, order.kind === 'job' ? 'batch' : 'interactive', random), false);
    return emrId;
  };

  const engineOf = (engine: Engine): EmrEngine => ({
    async describe(emrId) {
      take('describe');
      const workload = held.get(emrId);
      return workload === undefined ? null : sightOf(workload, Date.now(), true);
    },
    async list(phases, createdAfter = '') {
      take('list');
      const moment = Date.now() - random.between(0, LIST_LAG);
      return [...held.values()]
        .filter((workload) => workload.engine === engine)
        .flatMap((workload) => sightOf(workload, moment, false) ?? [])
        .filter(
          ({ state, createdAt }) => phases.includes(phaseOfState(engine, state)) && (createdAt ?? '') > createdAfter,
        );
    },
    async terminate(emrIds) {
      take('terminate');
      for (const id of emrIds) {
        const workload = held.get(id);
        if (workload === undefined || workload.isEnding || hasEnded(workload)) continue;
        if (phaseOfState(engine, newestStage(workload).state) === 'ending') continue;
        workload.isEnding = true;
        void live(workload, endOf(engine), true);
      }
    },
  });

  return {
    held,
    throttled,
    launch,
    engines: { cluster: engineOf('cluster'), serverless: engineOf('serverless'), connect: engineOf('connect') },
  };
};

export type SimulatedEmr = ReturnType<typeof simulatedEmr>;

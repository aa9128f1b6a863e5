import { phaseOfState, type Engine } from '../../shared/domain/engine.ts';
import { AwsThrottled, EmrRefusedLaunch } from '../../shared/domain/errors.ts';
import { ENVIRONMENT } from '../fakes/fake-emr.ts';
import { emrName } from '../../shared/domain/emr-name.ts';
import { limitsOf as serverlessLimits } from '../../local/emr-serverless/rate-limits.ts';
import { limitsOf as emrLimits } from '../../local/emr/rate-limits.ts';
import { rateLimiter } from '../../local/emulation/rate-limiter.ts';
import type { EmrEngine } from '../../functions/ports/emr-engine.ts';
import { callers } from './callers.ts';
import { delayOf, endOf, hasEnded, isListed, lifeOf, newestStage, sightOf, stageNow } from './emr-workload.ts';
import type { EmrWorkload, PlannedStage } from './emr-workload.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Random } from './random.ts';
import type { Trace } from './trace.ts';

/** Milliseconds by which a list may lag behind. */
const LIST_LAG = 3 * 60_000;

/** What each engine's calls are called by AWS: each has a rate of its own, and those of EMR have one together besides. */
const OPERATIONS = {
  cluster: {
    launch: 'RunJobFlow',
    describe: 'DescribeCluster',
    list: 'ListClusters',
    terminate: 'TerminateJobFlows',
  },
  serverless: { launch: 'StartJobRun', describe: 'GetJobRun', list: 'ListJobRuns', terminate: 'CancelJobRun' },
  connect: { launch: 'StartSession', describe: 'GetSession', list: 'ListSessions', terminate: 'TerminateSession' },
} as const;

/** What is asked for when something is launched. */
interface EmrOrder extends Omit<Parameters<typeof emrName>[0], 'environment'> {
  readonly engine: Engine;
}

interface EmrDependencies {
  /** All that EMR has. */
  readonly held: Map<string, EmrWorkload>;
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly trace: Trace;
  /** A workload went to another state. */
  readonly changed: (workload: EmrWorkload) => void;
  /** The portal asks for the end of one that goes on. */
  readonly ending: (workload: EmrWorkload) => void;
}

/** EMR and EMR Serverless in simulated time: lives, rate limits, and lists that lag behind. */
export const simulatedEmr = ({ held, random, plan, trace, changed, ending }: EmrDependencies) => {
  const limiters = { emr: rateLimiter(emrLimits), serverless: rateLimiter(serverlessLimits) };
  /** How often EMR itself throttled a call, by operation. */
  const throttled = new Map<string, number>();
  let started = 0;

  const take = (engine: Engine, call: keyof (typeof OPERATIONS)[Engine]): void => {
    const operation = OPERATIONS[engine][call];
    if (limiters[engine === 'cluster' ? 'emr' : 'serverless'].admits(operation, Date.now())) return;
    // Executions that wait for the same run ask for it in the same seconds, and so does all that an outage held back: they ask again.
    const isHarmless = call === 'describe' && (plan.isTroubled() || !callers.getStore()?.name.startsWith('upkeep'));
    if (isHarmless) plan.happened(`throttled ${operation}`);
    else throttled.set(operation, (throttled.get(operation) ?? 0) + 1);
    trace('world', () => `EMR throttles ${operation}`);
    throw new AwsThrottled('EMR is busy.');
  };

  const enter = (workload: EmrWorkload, stage: PlannedStage): void => {
    if (hasEnded(workload)) return;
    workload.stages.push(stageNow(stage));
    trace('world', () => `EMR ${workload.name} ${workload.emrId} is ${stage.state}`);
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
    take(engine, 'launch');
    if (!plan.isCalm() && random.chance(0.02)) {
      plan.happened('refused launch');
      throw new EmrRefusedLaunch('EMR refuses this in the simulation.');
    }
    started += 1;
    const emrId = engine === 'cluster' ? `j-${started}` : `00app/${started}`;
    const workload: EmrWorkload = {
      emrId,
      engine,
      name: emrName({ environment: ENVIRONMENT, ...order }),
      runToken,
      stages: [stageNow({ state: engine === 'cluster' ? 'STARTING' : 'SUBMITTED', reason: null })],
      isEnding: false,
    };
    held.set(emrId, workload);
    trace('world', () => `EMR takes ${workload.name} as ${emrId}`);
    void live(workload, lifeOf(engine, order.kind === 'job' ? 'batch' : 'interactive', random), false);
    return emrId;
  };

  const engineOf = (engine: Engine): EmrEngine => ({
    async describe(emrId) {
      take(engine, 'describe');
      const workload = held.get(emrId);
      return workload === undefined ? null : sightOf(workload, Date.now(), true);
    },
    async list(phases, createdAfter = '') {
      take(engine, 'list');
      const moment = Date.now() - (random.chance(0.5) ? 0 : random.between(0, LIST_LAG));
      return [...held.values()]
        .filter((workload) => workload.engine === engine && (workload.stages[0]?.since ?? '') > createdAfter)
        .filter((workload) => isListed(workload, moment, phases))
        .flatMap((workload) => sightOf(workload, moment, false) ?? []);
    },
    async terminate(emrIds) {
      // TerminateJobFlows takes many at once.
      if (engine === 'cluster') take(engine, 'terminate');
      for (const id of emrIds) {
        if (engine !== 'cluster') take(engine, 'terminate');
        const workload = held.get(id);
        if (workload === undefined || workload.isEnding || hasEnded(workload)) continue;
        if (phaseOfState(engine, newestStage(workload).state) === 'ending') continue;
        ending(workload);
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

import type { Engine, EmrState, Phase, StatusReason } from '../../shared/domain/engine.ts';
import { phaseOfState, statusReason } from '../../shared/domain/engine.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;

/** A state of a workload in EMR, and since when. */
interface Stage {
  readonly state: EmrState;
  readonly reason: StatusReason | null;
  readonly at: number;
  /** The same as text, which every list needs. */
  readonly since: Instant;
}

/** A step ahead in a workload's life: minutes after the one before. */
export interface PlannedStage {
  readonly state: EmrState;
  readonly reason: StatusReason | null;
  readonly after: number;
}

/** What EMR runs, with all that it was. */
export interface EmrWorkload {
  readonly emrId: string;
  readonly engine: Engine;
  readonly name: string;
  readonly runToken: string;
  readonly stages: Stage[];
  /** A workload that is being ended goes no other way. */
  isEnding: boolean;
}

const plain = (state: EmrState, after: number): PlannedStage => ({ state, reason: null, after });

const ended = (state: EmrState, code: string, after: number): PlannedStage => ({
  state,
  reason: statusReason(code, `${code} in the simulation`),
  after,
});

/** What EMR makes of a workload that nobody ends, in the order of its states. */
export const lifeOf = (engine: Engine, use: 'batch' | 'interactive', random: Random): readonly PlannedStage[] => {
  const work = random.chance(0.1) ? random.between(60, 400) : random.between(2, 40);
  if (engine === 'cluster') {
    const start = [plain('BOOTSTRAPPING', random.between(1, 6)), plain('RUNNING', random.between(1, 4))];
    if (random.chance(0.05)) return [ended('TERMINATED_WITH_ERRORS', 'BOOTSTRAP_FAILURE', random.between(1, 8))];
    if (use === 'interactive') return [...start, plain('WAITING', 1)];
    const end = random.chance(0.85)
      ? ended('TERMINATED', 'ALL_STEPS_COMPLETED', 1)
      : ended('TERMINATED_WITH_ERRORS', 'STEP_FAILURE', 1);
    return [...start, { ...end, state: 'TERMINATING', after: work }, end];
  }
  if (engine === 'serverless') {
    const end = random.chance(0.85) ? plain('SUCCESS', work) : ended('FAILED', 'STEP_FAILURE', work);
    return [plain('PENDING', 0.2), plain('SCHEDULED', 0.3), plain('RUNNING', random.between(0.2, 2)), end];
  }
  const idle = ended('TERMINATED', 'USER_REQUEST', random.between(30, 600));
  return [plain('STARTING', 0.3), plain('STARTED', 1), plain('IDLE', 1), plain('BUSY', 10), plain('IDLE', 20), idle];
};

/** How EMR ends a workload that somebody wants to end. */
export const endOf = (engine: Engine): readonly PlannedStage[] => {
  if (engine === 'serverless') return [plain('CANCELLING', 0), ended('CANCELLED', 'USER_REQUEST', 1)];
  return [ended('TERMINATING', 'USER_REQUEST', 0), ended('TERMINATED', 'USER_REQUEST', engine === 'cluster' ? 4 : 1)];
};

export const delayOf = ({ after }: PlannedStage): number => after * MINUTE;

/** From now on. */
export const stageNow = ({ state, reason }: Pick<Stage, 'state' | 'reason'>): Stage => ({
  state,
  reason,
  at: Date.now(),
  since: toInstant(Date.now()),
});

export const newestStage = ({ stages }: EmrWorkload): Stage => {
  const newest = stages.at(-1);
  if (newest === undefined) throw new Error('A workload has a first state.');
  return newest;
};

export const hasEnded = (workload: EmrWorkload): boolean =>
  phaseOfState(workload.engine, newestStage(workload).state) === 'ended';

/** The newest stage at a moment, where lists lag behind; none before it began. */
const stageAt = ({ stages }: EmrWorkload, moment: number): Stage | undefined =>
  stages.findLast(({ at }) => at <= moment);

/** Whether a list of these phases has it as it was at a moment. */
export const isListed = (workload: EmrWorkload, moment: number, phases: readonly Phase[]): boolean => {
  const stage = stageAt(workload, moment);
  return stage !== undefined && phases.includes(phaseOfState(workload.engine, stage.state));
};

/** What EMR tells of a workload as it was at a moment; null before it began. Lists tell less than descriptions. */
export const sightOf = (workload: EmrWorkload, moment: number, isDetailed: boolean): EmrObservation | null => {
  const { emrId, engine, runToken, stages } = workload;
  const [first] = stages;
  const last = stageAt(workload, moment);
  if (first === undefined || last === undefined) return null;
  const isServerless = engine !== 'cluster';
  const isOver = phaseOfState(engine, last.state) === 'ended';
  const ready =
    isServerless && !isDetailed
      ? undefined
      : stages.find(({ state, at }) => at <= moment && phaseOfState(engine, state) === 'running');
  return {
    emrId,
    runToken,
    state: last.state,
    reason: isServerless && !isDetailed ? null : last.reason,
    createdAt: first.since,
    readyAt: ready?.since ?? null,
    finishedAt: isOver ? last.since : null,
    masterAddress: !isServerless && isDetailed && ready !== undefined ? 'ip-10-0-0-1.internal' : null,
    normalizedInstanceHours: isServerless ? null : Math.ceil((last.at - first.at) / 3_600_000) * 8,
    billed: isServerless && isDetailed && isOver ? (last.at - first.at) / 36_000_000 : null,
    observedAt: toInstant(Date.now()),
  };
};

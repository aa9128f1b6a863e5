import {
  endingOf,
  engineStates,
  mayFollow,
  phaseOfState,
  statusReason,
  type EmrState,
  type Ending,
  type Engine,
  type Phase,
  type StatusReason,
  type WorkloadStatus,
  type WorkloadUse,
} from './engine.ts';
import { CURRENCY, costBetween, type Rate } from './cost.ts';
import type { Instant } from './instant.ts';

/** Recorded before EMR is asked to terminate the workload. */
export interface TerminationRequest {
  /** A username, or `PORTAL`. */
  readonly by: string;
  readonly reason: 'requested' | 'expired' | 'timedOut' | 'jobDeleted';
  readonly at: Instant;
}

/** The `by` of terminations by the portal itself. */
export const PORTAL = 'ATMO';

/** Whatever EMR runs for us and bills. A cluster and a run each hold one. */
export interface Workload {
  readonly engine: Engine;
  readonly use: WorkloadUse;
  /** Part of the name in EMR, by which a launch of unknown outcome is found. */
  readonly runToken: string;
  /**
   * EMR's id of it, the jobflow id on `cluster`; an adapter joins what its engine names by several ids. Null until EMR is
   * known to have taken the launch.
   */
  readonly emrId: string | null;
  readonly status: WorkloadStatus;
  /** EMR's reason for the last state change, or the portal's if EMR never had the workload. */
  readonly reason: StatusReason | null;
  /** Of the primary node; null until EMR was asked for it. */
  readonly masterAddress: string | null;
  readonly claimedAt: Instant;
  /** Time of the last launch call; null if there was certainly none, so that a launch is safe. */
  readonly launchAttemptedAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly readyAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** Of all nodes, at the prices of the launch. */
  readonly rate: Rate;
  readonly normalizedInstanceHours: number | null;
  /** The first request stays on record. */
  readonly termination: TerminationRequest | null;
  /** Consecutive sweeps whose EMR list lacked the workload. */
  readonly absentSweeps: number;
}

/** What EMR says of a workload, by an event, a list or a description. */
export interface EmrObservation {
  readonly emrId: string;
  /** From its name in EMR; null where the source does not carry the name (events of steps do not). */
  readonly runToken: string | null;
  readonly state: EmrState;
  readonly reason: StatusReason | null;
  readonly createdAt: Instant | null;
  readonly readyAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** Null where the source does not carry it (events and lists do not). */
  readonly masterAddress: string | null;
  readonly normalizedInstanceHours: number | null;
  /** When this was true, so that a late event cannot undo a newer observation. */
  readonly observedAt: Instant;
}

type Claim = Pick<Workload, 'engine' | 'use' | 'runToken' | 'claimedAt' | 'launchAttemptedAt' | 'rate'>;

/** A workload before EMR is asked for it. */
export const claimedWorkload = (claim: Claim): Workload => ({
  ...claim,
  emrId: null,
  status: 'LAUNCHING',
  reason: null,
  masterAddress: null,
  startedAt: null,
  readyAt: null,
  finishedAt: null,
  normalizedInstanceHours: null,
  termination: null,
  absentSweeps: 0,
});

export const phaseOf = ({ engine, status, launchAttemptedAt }: Workload): Phase => {
  if (status !== 'LAUNCHING') return phaseOfState(engine, status);
  return launchAttemptedAt === null ? 'waiting' : 'starting';
};

export const endingOfWorkload = ({ engine, status, reason }: Workload): Ending | null =>
  endingOf(engine, status, reason);

export const isEnded = (workload: Workload): boolean => phaseOf(workload) === 'ended';

/** Claimed, and EMR was certainly not asked yet. */
export const isUnlaunched = (workload: Workload): boolean => phaseOf(workload) === 'waiting';

/** Its termination is recorded, and EMR is not yet known to be terminating it. */
export const needsTermination = (workload: Workload): boolean =>
  workload.termination !== null && !['ending', 'ended'].includes(phaseOf(workload));

/** What a workload costs, in US dollars. `since` and `until` bound the time that is billed. */
export interface WorkloadCost extends Rate {
  readonly currency: string;
  /** Null until EMR has taken it: before that nothing is billed. */
  readonly since: Instant | null;
  /** Null while it runs. */
  readonly until: Instant | null;
  /** Only of a workload that has ended: while it runs, the amount grows by the clock and is for the reader to compute. */
  readonly soFar?: number;
}

/** US dollars that it has cost at a moment. */
export const costSoFar = ({ hourly, since, until, soFar }: WorkloadCost, now: Instant): number =>
  soFar ?? (since === null ? 0 : costBetween(hourly, since, until ?? now));

export const costOfWorkload = (workload: Workload): WorkloadCost => {
  const { rate, startedAt, finishedAt } = workload;
  const cost = { ...rate, currency: CURRENCY, since: startedAt, until: finishedAt };
  return finishedAt !== null && isEnded(workload) ? { ...cost, soFar: costSoFar(cost, finishedAt) } : cost;
};

/** Whether the answer to a launch still counts: not where another launch was claimed since, nor where EMR was heard of. */
const awaitsLaunch = ({ status, runToken }: Workload, token: string): boolean =>
  status === 'LAUNCHING' && runToken === token;

/** Recorded before EMR is asked: from here on, nobody who finds it without an id can know whether EMR has it. */
export const launchAttempted = (workload: Workload, now: Instant): Workload => ({
  ...workload,
  launchAttemptedAt: now,
  absentSweeps: 0,
});

/**
 * EMR has taken the launch. An event may have told so before.
 * @param runToken of the call that EMR has answered, perhaps late
 */
export const launched = (workload: Workload, runToken: string, emrId: string, now: Instant): Workload => {
  if (awaitsLaunch(workload, runToken))
    return { ...workload, emrId, status: engineStates(workload.engine).first, startedAt: now };
  const isKnown = workload.emrId === emrId && workload.startedAt === null;
  return isKnown ? { ...workload, startedAt: now } : workload;
};

/** EMR certainly did not launch it, so the launch may be repeated. */
export const launchWithdrawn = (workload: Workload, runToken: string): Workload =>
  awaitsLaunch(workload, runToken) ? { ...workload, launchAttemptedAt: null } : workload;

const endedAs = (workload: Workload, ending: 'stopped' | 'failed', reason: StatusReason, now: Instant): Workload => ({
  ...workload,
  status: engineStates(workload.engine).ended[ending],
  reason,
  finishedAt: now,
});

/** EMR rejected the launch request. */
export const launchRefused = (workload: Workload, runToken: string, message: string, now: Instant): Workload =>
  awaitsLaunch(workload, runToken)
    ? endedAs(workload, 'failed', statusReason('VALIDATION_ERROR', message), now)
    : workload;

/** Why a claim ended without a launch. */
export interface GivenUp {
  readonly ending: 'stopped' | 'failed';
  readonly reason: StatusReason;
}

const BEFORE_LAUNCH: GivenUp = {
  ending: 'stopped',
  reason: { code: 'USER_REQUEST', message: 'Terminated before EMR launched it.' },
};

/** Gives up the claim of a workload that EMR certainly does not have. */
export const endedUnlaunched = (workload: Workload, now: Instant, { ending, reason } = BEFORE_LAUNCH): Workload =>
  workload.status === 'LAUNCHING' ? endedAs(workload, ending, reason, now) : workload;

/** The record of a workload is closed without waiting for EMR, because what holds it is deleted. */
export const closed = (workload: Workload, reason: StatusReason, now: Instant): Workload =>
  isEnded(workload) ? workload : endedAs(workload, 'stopped', reason, now);

/**
 * Claims another launch where EMR certainly has nothing of the first. Under the fresh token, whatever the first call may
 * still start is an orphan, which is terminated.
 * @param stale as it was when EMR was asked: somebody may have launched it again since
 */
export const launchClaimedAgain = (workload: Workload, stale: Workload, runToken: string, now: Instant): Workload =>
  isSameLaunch(workload, stale) ? { ...launchAttempted(workload, now), runToken } : workload;

/** Whether it still waits for the answer to the same call. */
export const isSameLaunch = (workload: Workload, stale: Workload): boolean =>
  awaitsLaunch(workload, stale.runToken) && workload.launchAttemptedAt === stale.launchAttemptedAt;

/** Records who wants the termination before EMR is asked for it. What EMR was certainly never asked for ends at once. */
export const terminationRequested = (workload: Workload, termination: TerminationRequest): Workload => {
  if (isEnded(workload) || workload.termination !== null) return workload;
  const requested = { ...workload, termination };
  return isUnlaunched(requested) ? endedUnlaunched(requested, termination.at) : requested;
};

/** EMR has taken the request to terminate. No event tells of TERMINATING, so that this is how it becomes visible. */
export const terminationTaken = (workload: Workload, emrId: string): Workload => {
  const { ending } = engineStates(workload.engine);
  const isTaken = workload.emrId === emrId && mayFollow(workload.engine, workload.status, ending);
  return isTaken ? { ...workload, status: ending } : workload;
};

/** Counts a sweep whose EMR list lacked the workload. */
export const absentFromSweep = (workload: Workload): Workload =>
  isEnded(workload) ? workload : { ...workload, absentSweeps: workload.absentSweeps + 1 };

/** Whether EMR speaks of this workload. Without an id its token tells: a launch under an earlier token is not its own. */
export const isAbout = (
  { emrId, runToken }: EmrObservation,
  workload: Pick<Workload, 'emrId' | 'runToken'>,
): boolean => (workload.emrId === null ? runToken === workload.runToken : emrId === workload.emrId);

/** A busy state from before it was ready: an event that was overtaken by the one that it is ready. */
const isOvertaken = ({ engine, use, status, readyAt }: Workload, { state, observedAt }: EmrObservation): boolean =>
  status === engineStates(engine).ready[use] &&
  phaseOfState(engine, state) === 'running' &&
  readyAt !== null &&
  observedAt <= readyAt;

/** The workload after what EMR said; the same object where that is nothing new. A final state never reverts. */
export const reconciled = (workload: Workload, seen: EmrObservation): Workload => {
  const { engine, use, emrId } = workload;
  if (!isAbout(seen, workload) || (emrId === null && isEnded(workload))) return workload;
  const moves = mayFollow(engine, workload.status, seen.state) && !isOvertaken(workload, seen);
  const status = moves ? seen.state : workload.status;
  const isFinal = status !== 'LAUNCHING' && phaseOfState(engine, status) === 'ended';
  const learnt: Workload = {
    ...workload,
    status,
    reason: moves && seen.reason !== null ? seen.reason : workload.reason,
    emrId: seen.emrId,
    masterAddress: workload.masterAddress ?? seen.masterAddress,
    startedAt: workload.startedAt ?? seen.createdAt,
    readyAt: workload.readyAt ?? seen.readyAt ?? (status === engineStates(engine).ready[use] ? seen.observedAt : null),
    finishedAt: workload.finishedAt ?? (isFinal ? (seen.finishedAt ?? seen.observedAt) : null),
    normalizedInstanceHours: seen.normalizedInstanceHours ?? workload.normalizedInstanceHours,
    absentSweeps: 0,
  };
  return (Object.keys(learnt) as (keyof Workload)[]).some((key) => learnt[key] !== workload[key]) ? learnt : workload;
};

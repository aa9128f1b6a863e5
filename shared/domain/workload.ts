import {
  endingOf,
  engineStates,
  mayFollow,
  phaseOfState,
  statusReason,
  type Ending,
  type Engine,
  type Phase,
  type StatusReason,
  type WorkloadStatus,
  type WorkloadUse,
} from './engine.ts';
import type { Rate } from './cost.ts';
import type { Instant } from './instant.ts';
import type { LaunchSettings } from './launch-settings.ts';

/** Recorded before EMR is asked to terminate the workload. */
export interface TerminationRequest {
  /** A username, or `PORTAL`. */
  readonly by: string;
  readonly reason: 'requested' | 'expired' | 'timedOut' | 'jobDeleted' | 'ownerLeft';
  readonly at: Instant;
}

/** The `by` of terminations by the portal itself. */
export const PORTAL = 'ATMO';

/** What EMR runs and AWS bills. A cluster and a run each hold one. */
export interface Workload {
  readonly engine: Engine;
  readonly use: WorkloadUse;
  /** Part of the name in EMR, by which a launch of unknown outcome is found. */
  readonly runToken: string;
  /**
   * The EMR id: the jobflow id on `cluster`, on EMR Serverless `<application id>/<job run id or session id>`. Null until EMR
   * is known to have accepted the launch.
   */
  readonly emrId: string | null;
  readonly status: WorkloadStatus;
  /** EMR's reason for the last state change, or the portal's if EMR never had the workload. */
  readonly reason: StatusReason | null;
  /** Address of the primary node; null until read from EMR. */
  readonly masterAddress: string | null;
  readonly claimedAt: Instant;
  /** Its turn to be launched: EMR is not asked before; null until one is taken. */
  readonly launchDueAt: Instant | null;
  /** Time of the last launch call; null if there was certainly none, so that a launch is safe. */
  readonly launchAttemptedAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly readyAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** Of all nodes, at the prices of the launch. */
  readonly rate: Rate;
  /** Of the moment of the claim. */
  readonly launchSettings: LaunchSettings;
  readonly normalizedInstanceHours: number | null;
  /** US dollars for what AWS says it billed; null where it says nothing: then the rate and the time tell. */
  readonly billed: number | null;
  /** The first request stays on record. */
  readonly termination: TerminationRequest | null;
  /** Consecutive sweeps whose EMR list lacked the workload. */
  readonly absentSweeps: number;
}

/** Of an active one, what is counted: hundreds are read at once. */
export type CountedWorkload = Pick<Workload, 'engine' | 'status' | 'launchAttemptedAt' | 'startedAt'> & {
  readonly rate: Pick<Rate, 'hourly'>;
};

type Claim = Pick<
  Workload,
  'engine' | 'use' | 'runToken' | 'claimedAt' | 'launchAttemptedAt' | 'rate' | 'launchSettings'
> &
  Partial<Pick<Workload, 'launchDueAt'>>;

/** A claimed workload, before the launch call. */
export const claimedWorkload = (claim: Claim): Workload => ({
  launchDueAt: null,
  ...claim,
  emrId: null,
  status: 'LAUNCHING',
  reason: null,
  masterAddress: null,
  startedAt: null,
  readyAt: null,
  finishedAt: null,
  normalizedInstanceHours: null,
  billed: null,
  termination: null,
  absentSweeps: 0,
});

export const phaseOf = ({
  engine,
  status,
  launchAttemptedAt,
}: Pick<Workload, 'engine' | 'status' | 'launchAttemptedAt'>): Phase => {
  if (status !== 'LAUNCHING') return phaseOfState(engine, status);
  return launchAttemptedAt === null ? 'waiting' : 'starting';
};

export const endingOfWorkload = ({ engine, status, reason }: Workload): Ending | null =>
  endingOf(engine, status, reason);

export const isEnded = (workload: Workload): boolean => phaseOf(workload) === 'ended';

/** Claimed, and certainly no launch call was made yet. */
export const isUnlaunched = (workload: Pick<Workload, 'engine' | 'status' | 'launchAttemptedAt'>): boolean =>
  phaseOf(workload) === 'waiting';

/** Its termination is recorded, and EMR is not yet known to be terminating it. */
export const needsTermination = (workload: Workload): boolean =>
  workload.termination !== null && !['ending', 'ended'].includes(phaseOf(workload));

/** Whether the response to a launch still counts: no if it was relaunched since, or if EMR already reported the workload. */
const awaitsLaunch = ({ status, runToken }: Workload, token: string): boolean =>
  status === 'LAUNCHING' && runToken === token;

/** Recorded before the launch call: from here on, a workload without an EMR id may or may not exist in EMR. */
export const launchAttempted = (workload: Workload, now: Instant): Workload => ({
  ...workload,
  launchAttemptedAt: now,
  absentSweeps: 0,
});

/**
 * EMR accepted the launch. An event may have reported it before.
 * @param runToken of the call whose response this is, perhaps a late one
 */
export const launched = (workload: Workload, runToken: string, emrId: string, now: Instant): Workload => {
  if (awaitsLaunch(workload, runToken))
    return { ...workload, emrId, status: engineStates(workload.engine).first, startedAt: now };
  const isKnown = workload.emrId === emrId && workload.startedAt === null;
  return isKnown ? { ...workload, startedAt: now } : workload;
};

/** Its last launch call; before one, its turn. */
export const lastTurn = ({
  launchAttemptedAt,
  launchDueAt,
  claimedAt,
}: Pick<Workload, 'launchAttemptedAt' | 'launchDueAt' | 'claimedAt'>): Instant =>
  launchAttemptedAt ?? launchDueAt ?? claimedAt;

/**
 * EMR has nothing of it from before this time. A launch on EMR Serverless may be repeated after a lost answer, so that what
 * EMR has may be older than the last call.
 */
export const mayExistSince = (workload: Workload): Instant =>
  workload.emrId === null && engineStates(workload.engine).isServerless ? workload.claimedAt : lastTurn(workload);

/** The launch may be repeated: EMR did not carry it out, or a repetition starts nothing more. */
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

/** Closes the record of a workload without waiting for EMR, because its owner is deleted. */
export const closed = (workload: Workload, reason: StatusReason, now: Instant): Workload =>
  isEnded(workload) ? workload : endedAs(workload, 'stopped', reason, now);

/**
 * Claims another launch if EMR certainly has nothing of the first. With the new token, anything that the first call may
 * still start is an orphan and is terminated.
 * @param stale the workload at the time of the EMR query; it may have been relaunched since
 */
export const launchClaimedAgain = (workload: Workload, stale: Workload, runToken: string, now: Instant): Workload =>
  isSameLaunch(workload, stale) ? { ...launchAttempted(workload, now), runToken } : workload;

/** Whether it still waits for the response to the same call. */
export const isSameLaunch = (workload: Workload, stale: Workload): boolean =>
  awaitsLaunch(workload, stale.runToken) && workload.launchAttemptedAt === stale.launchAttemptedAt;

/** Records the termination before EMR is asked for it. A workload that was certainly never launched ends at once. */
export const terminationRequested = (workload: Workload, termination: TerminationRequest): Workload => {
  if (isEnded(workload) || workload.termination !== null) return workload;
  const requested = { ...workload, termination };
  return isUnlaunched(requested) ? endedUnlaunched(requested, termination.at) : requested;
};

/** EMR accepted the termination. Sets TERMINATING, for which EMR sends no event. */
export const terminationTaken = (workload: Workload, emrId: string): Workload => {
  const { ending } = engineStates(workload.engine);
  const isTaken = workload.emrId === emrId && mayFollow(workload.engine, workload.status, ending);
  return isTaken ? { ...workload, status: ending } : workload;
};

/** Counts a sweep whose EMR list lacked the workload. */
export const absentFromSweep = (workload: Workload): Workload =>
  isEnded(workload) ? workload : { ...workload, absentSweeps: workload.absentSweeps + 1 };

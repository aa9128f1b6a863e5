import { isFinalState, mayFollow, type ClusterStatus, type EmrObservation, type StatusReason } from './emr-state.ts';
import { plusHours, type Instant } from './instant.ts';
import type { Parameters } from './parameters.ts';

export const RUN_OUTCOMES = ['succeeded', 'failed', 'timedOut', 'cancelled', 'missed'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

export const RUN_TRIGGERS = ['schedule', 'manual', 'firstRun'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/** `MISSED`: the occurrence has no cluster; its reason says why. */
export type RunStatus = ClusterStatus | 'MISSED';

/** What `outcome.json` of a run says of the cell that failed. */
export interface CellFailure {
  readonly cell: number | null;
  readonly source: string;
  readonly errorName: string;
  readonly errorValue: string;
  readonly traceback: string;
}

/** One execution of a Spark job on a cluster of its own. Its settings are those of the job when it began. */
export interface Run {
  /** Sorts by time of planning; names the folder of its results. */
  readonly id: string;
  readonly number: number;
  readonly jobId: string;
  readonly jobIdentifier: string;
  /** The person's id. */
  readonly ownerId: string;
  /** The person's username, as a display name. */
  readonly owner: string;
  readonly ownerEmail: string;
  readonly trigger: RunTrigger;
  /** The scheduled time that this run stands for; for a manual one the moment it was asked for. */
  readonly occurrence: Instant;
  readonly runToken: string;
  /** The workflow execution that goes on with this claim; null until one took it. */
  readonly claimedBy: string | null;
  /** When EMR was asked to launch; null: certainly not asked, so that asking is safe. */
  readonly launchAttemptedAt: Instant | null;
  readonly status: RunStatus;
  readonly outcome: RunOutcome | null;
  readonly jobflowId: string | null;
  readonly emrRelease: string;
  readonly size: number;
  /** Hours. */
  readonly timeout: number;
  readonly parameters: Parameters;
  readonly notebookKind: 'jupyter' | 'zeppelin';
  readonly notebookKey: string;
  readonly notebookVersion: string;
  readonly resultVisibility: 'private' | 'public';
  readonly scheduledAt: Instant;
  readonly startedAt: Instant | null;
  readonly readyAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly reason: StatusReason | null;
  /** Why the portal itself ended the run, recorded before EMR is asked to. */
  readonly termination: {
    readonly by: string;
    readonly reason: 'requested' | 'timedOut' | 'jobDeleted' | 'orphaned';
    readonly at: Instant;
  } | null;
  readonly failure: CellFailure | null;
  readonly hourlyCost: number;
  readonly normalizedInstanceHours: number | null;
  /** Completes the state machine's wait; a secret of the workflow, never sent to anybody. */
  readonly taskToken: string | null;
  readonly missedSweeps: number;
  readonly modifiedAt: Instant;
  /** The job item's version when this was written, so that history never goes back. */
  readonly version: number;
}

export const isFinalRun = ({ outcome }: Pick<Run, 'outcome'>): boolean => outcome !== null;

/** Timed out: the planned time plus the timeout has passed and the run is not final. */
export const hasTimedOut = (run: Pick<Run, 'outcome' | 'scheduledAt' | 'timeout'>, now: Instant): boolean =>
  !isFinalRun(run) && plusHours(run.scheduledAt, run.timeout) <= now;

/** What EMR's final state means for the run; a termination that we asked for has its own outcomes. */
export const outcomeOf = (run: Run): RunOutcome | null => {
  if (run.status === 'MISSED') return 'missed';
  if (!isFinalState(run.status)) return null;
  if (run.termination?.reason === 'timedOut') return 'timedOut';
  if (run.status === 'TERMINATED_WITH_ERRORS') return run.termination === null ? 'failed' : 'cancelled';
  return run.reason?.code === 'ALL_STEPS_COMPLETED' && run.termination === null ? 'succeeded' : 'cancelled';
};

/** The run after what EMR said; the same object where that is nothing new. A final state never reverts. */
export const runFollowingEmr = (run: Run, seen: EmrObservation, now: Instant): Run => {
  // News of a cluster that is no longer this run's, launched under an earlier token.
  if (run.status === 'MISSED' || (run.jobflowId !== null && run.jobflowId !== seen.jobflowId)) return run;
  const moves = mayFollow(run.status, seen.state);
  const status = moves ? seen.state : run.status;
  const learnt: Run = {
    ...run,
    status,
    reason: moves && seen.reason !== null ? seen.reason : run.reason,
    jobflowId: run.jobflowId ?? seen.jobflowId,
    startedAt: run.startedAt ?? seen.createdAt,
    readyAt: run.readyAt ?? seen.readyAt ?? (status === 'RUNNING' ? seen.observedAt : null),
    finishedAt: run.finishedAt ?? (isFinalState(status) ? (seen.finishedAt ?? seen.observedAt) : null),
    normalizedInstanceHours: seen.normalizedInstanceHours ?? run.normalizedInstanceHours,
    missedSweeps: 0,
  };
  const settled: Run = { ...learnt, outcome: run.outcome ?? outcomeOf(learnt) };
  const isNews = (Object.keys(settled) as (keyof Run)[]).some((key) => settled[key] !== run[key]);
  return isNews ? { ...settled, modifiedAt: now } : run;
};

/** An instant without punctuation: `20261123T060000000Z`. */
export const compactInstant = (instant: Instant): string => instant.replaceAll(/[-:.]/g, '');

/** Sorts by time and is safe in S3 keys and Step Functions names: `20261123T060000000Z-<token>`. */
export const runIdFor = (plannedAt: Instant, runToken: string): string => `${compactInstant(plannedAt)}-${runToken}`;

/** Where in the results bucket that fits its visibility the run's step writes. */
export const resultsPrefix = ({ id, jobIdentifier }: Pick<Run, 'id' | 'jobIdentifier'>): string =>
  `${jobIdentifier}/runs/${id}/`;

/** Where in the log bucket EMR writes, before the jobflow id that it adds itself. */
export const logsPrefix = ({ jobIdentifier, scheduledAt }: Pick<Run, 'jobIdentifier' | 'scheduledAt'>): string =>
  `jobs/${jobIdentifier}/${compactInstant(scheduledAt)}/`;

/** Key of the run's parameters in the notebooks bucket, where the run-notebook step reads them. */
export const parametersKey = ({ jobId, id }: Pick<Run, 'jobId' | 'id'>): string =>
  `jobs/${jobId}/runs/${id}/parameters.json`;

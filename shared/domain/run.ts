import type { StatusReason } from './engine.ts';
import { plusHours, type Instant } from './instant.ts';
import type { Parameters } from './parameters.ts';
import { endingOfWorkload, type Workload } from './workload.ts';

export const RUN_OUTCOMES = ['succeeded', 'failed', 'timedOut', 'cancelled', 'missed'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

export const RUN_TRIGGERS = ['schedule', 'manual', 'firstRun'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/** What `outcome.json` of a run says of the cell that failed. */
export interface CellFailure {
  readonly cell: number | null;
  readonly source: string;
  readonly errorName: string;
  readonly errorValue: string;
  readonly traceback: string;
}

/** One execution of a Spark job. Its settings are those of the job when it began. */
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
  /** The workflow execution that goes on with this claim; null until one took it. */
  readonly claimedBy: string | null;
  readonly workload: Workload;
  /** Null until the run is final. */
  readonly outcome: RunOutcome | null;
  /** Our own reason, where the notebook tells more than EMR. */
  readonly reason: StatusReason | null;
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
  readonly failure: CellFailure | null;
  /** Completes the state machine's wait; a secret of the workflow, never sent to anyone. */
  readonly taskToken: string | null;
  /** SHA-256 of the secret that its step exchanges for credentials; null until EMR is asked for the run. */
  readonly secretHash: string | null;
  readonly modifiedAt: Instant;
  /** The job item's version when this was written, so that history never goes back. */
  readonly version: number;
}

export const isFinalRun = ({ outcome }: Pick<Run, 'outcome'>): boolean => outcome !== null;

/** Timed out: the planned time plus the timeout has passed and the run is not final. */
export const hasTimedOut = (run: Pick<Run, 'outcome' | 'scheduledAt' | 'timeout'>, now: Instant): boolean =>
  !isFinalRun(run) && plusHours(run.scheduledAt, run.timeout) <= now;

/** What the end of its workload means for the run. A termination that was asked for has its own outcomes. */
export const outcomeOf = (workload: Workload): RunOutcome | null => {
  const { termination, emrId } = workload;
  const ending = endingOfWorkload(workload);
  if (ending === null) return null;
  if (termination !== null) return termination.reason === 'timedOut' ? 'timedOut' : 'cancelled';
  if (ending === 'completed') return 'succeeded';
  if (ending === 'failed') return 'failed';
  // Without an id, EMR never had it: the claim was given up.
  return emrId === null ? 'missed' : 'cancelled';
};

/** Why it ended as it did, or why EMR last changed its state. */
export const reasonOf = ({ reason, workload }: Pick<Run, 'reason' | 'workload'>): StatusReason | null =>
  reason ?? workload.reason;

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
